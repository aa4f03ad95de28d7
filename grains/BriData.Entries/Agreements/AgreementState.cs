using System.Globalization;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using BriData.Contracts.Agencies;
using BriData.Contracts.Agreements;
using BriData.Contracts.Countries;
using BriData.Entries.Agencies;
using BriData.Entries.Countries;
using BriData.Entries.Events;
using BriData.Entries.Rules;
using BriData.Entries.Signatures;
using BriData.Entries.Transfers;

namespace BriData.Entries.Agreements;

/// <summary>The fold of <c>agreement/{id}</c>.</summary>
internal sealed class AgreementState : ILedgerState<AgreementState>
{
    public static int SnapshotVersion => 1;

    public static JsonTypeInfo<AgreementState> JsonType => EventJson.Default.AgreementState;

    public AgreementDocument? Document { get; set; }

    public SortedSet<string> SignedBy { get; set; } = new(StringComparer.Ordinal);

    public SortedSet<string> SuspendedBy { get; set; } = new(StringComparer.Ordinal);

    /// <summary>Date of each party's last signed act; a later one must be dated later, so that none is taken twice.</summary>
    public SortedDictionary<string, DateTimeOffset> LastSignedAt { get; set; } = new(StringComparer.Ordinal);

    public bool Terminated { get; set; }

    /// <summary>True once the agencies of a terminated agreement have been untied from it.</summary>
    public bool Released { get; set; }

    /// <summary>Counts acts on the agreement itself.</summary>
    public int Version { get; set; }

    public long LastIndex { get; set; } = -1;

    public SortedDictionary<string, CountryContext> Countries { get; set; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, AgencyContext> Agencies { get; set; } = new(StringComparer.Ordinal);

    /// <summary>Counts context entries; a decision made under another count may no longer hold.</summary>
    public int ContextRevision { get; set; }

    /// <summary>Number the next transfer gets.</summary>
    public long NextNumber { get; set; } = 1;

    public Dictionary<long, TransferState> Open { get; set; } = [];

    /// <summary>Transfers counted per grant and UTC year, <c>grant/2026</c>.</summary>
    public SortedDictionary<string, long> Used { get; set; } = new(StringComparer.Ordinal);

    /// <summary>What is still to be erased, and how far retention has come.</summary>
    public ErasureState Erasure { get; set; } = new();

    /// <summary>Name of the key of the reasons for acts on the agreement itself; null while there are none.</summary>
    public string? TextKey { get; set; }

    /// <summary>Transfers that have just closed; the grain decides how many it keeps.</summary>
    [JsonIgnore]
    public Action<TransferState>? OnClosed { get; set; }

    /// <summary>Entries of transfers that closed before, for those that the grain keeps.</summary>
    [JsonIgnore]
    public Action<LedgerEvent, long, long>? OnAfterClosed { get; set; }

    [JsonIgnore]
    public string Status => Document is null ? "" : StatusOf(Document, Terminated, SuspendedBy.Count, SignedBy.Count);

    public static string StatusOf(AgreementDocument document, bool terminated, int suspensions, int signatures) =>
        terminated ? "terminated"
        : suspensions > 0 ? "suspended"
        : signatures == document.Parties.Length ? "inForce"
        : "draft";

    public static string UsedKey(string grant, int year) => string.Create(CultureInfo.InvariantCulture, $"{grant}/{year}");

    public void Apply(LedgerEvent entry, long index)
    {
        switch (entry.Data)
        {
            case TransferRequested requested:
                Start(entry, requested, index);
                return;
            case AgreementDrafted drafted:
                Document = drafted.Document;
                break;
            case AgreementSigned signed:
                SignedBy.Add(signed.Country);
                break;
            case AgreementSuspended suspended:
                SuspendedBy.Add(suspended.Country);
                break;
            case AgreementResumed resumed:
                SuspendedBy.Remove(resumed.Country);
                break;
            case AgreementTerminated:
                Terminated = true;
                Erasure.StoppedTogether = Open.Count == 0 ? null : [.. Open.Keys.Order()];
                StopAll(index);
                break;
            case TotalsAbandoned:
                return;
            case PublicationCompleted:
                Released = true;
                return;
            case CountryContextTaken taken:
                Countries[taken.Context.Country] = taken.Context;
                ContextRevision++;
                return;
            case AgencyContextTaken taken:
                Agencies[taken.Context.Agency] = Agencies.TryGetValue(taken.Context.Agency, out var held)
                    ? AgencyContexts.Merge(held, taken.Context)
                    : taken.Context;
                ContextRevision++;
                return;
            default:
                Continue(entry, index);
                return;
        }

        if (entry.Data is AgreementActed acted && SignedAct.DateOf(acted.Signature) is { } date)
        {
            LastSignedAt[acted.Country] = date;
        }

        TextKey = PrivateField.Of(entry.Data)?.Key ?? TextKey;
        Version++;
        LastIndex = index;
    }

    private void Start(LedgerEvent entry, TransferRequested requested, long index)
    {
        NextNumber = requested.Number + 1;
        if (requested.Grant is { } grant && TransferStatus.Counts(requested.Status))
        {
            var key = UsedKey(grant, entry.At.Year);
            Used[key] = Used.GetValueOrDefault(key) + 1;
        }

        var approvals = requested.Status == TransferStatus.PendingApproval ? RecordedDecision.ApprovingCountries(entry.Decision) : [];
        var transfer = TransferState.From(entry, requested, approvals, index);
        Keep(transfer);
    }

    private void Continue(LedgerEvent entry, long index)
    {
        var number = TransferId.Parse(entry.Transfer!).Number;
        Erasure.Apply(entry, index);
        if (Open.TryGetValue(number, out var transfer))
        {
            transfer.Apply(entry, index);
            Keep(transfer);
        }
        else
        {
            OnAfterClosed?.Invoke(entry, number, index);
        }
    }

    private void StopAll(long index)
    {
        foreach (var transfer in Open.Values.ToArray())
        {
            transfer.Status = TransferStatus.Stopped;
            transfer.LastIndex = index;
            Keep(transfer);
        }
    }

    private void Keep(TransferState transfer)
    {
        if (TransferStatus.IsOpen(transfer.Status))
        {
            Open[transfer.Number] = transfer;
        }
        else
        {
            Open.Remove(transfer.Number);
            OnClosed?.Invoke(transfer);
        }
    }
}
