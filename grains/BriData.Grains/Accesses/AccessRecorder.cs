using System.Collections.Immutable;
using System.Globalization;
using BriData.Contracts;
using BriData.Contracts.Audit;
using BriData.Grains.Security;
using BriData.Identity;

namespace BriData.Grains.Accesses;

/// <summary>
/// Puts accesses on record for the grains that answer auditors. They record last, when it is known what is given, and show
/// nothing unless it succeeded (I1).
/// </summary>
internal sealed class AccessRecorder(OfficerPseudonyms officers, IGrainFactory grains)
{
    /// <summary>True for those whose reading is itself recorded, whatever other roles they have.</summary>
    public static bool IsWatched(CallerIdentity who) => (who.Roles & (CallerRoles.Auditor | CallerRoles.Regulator)) != 0;

    /// <summary>Records one access; its entry, or why nothing may be shown.</summary>
    public Task<Reply<ReceiptReference>> RecordAsync(
        CallerIdentity who, string what, ImmutableArray<AccessCondition> question = default, string? transfer = null, long? records = null) =>
        PeerOf(who).RecordAsync(Access(who, what) with { Question = question.IsDefault ? [] : question, Transfer = transfer, Records = records });

    /// <summary>Records reads of which one entry covers those of the next minutes; null, or why nothing may be shown.</summary>
    public async Task<Refusal?> RecordReadsAsync(CallerIdentity who, string what, string? ledger = null) =>
        IsWatched(who) ? (await PeerOf(who).RecordAsync(Access(who, what) with { Ledger = ledger, Windowed = true })).Refusal : null;

    /// <summary>Records one look at a transfer by somebody who is watched; null, or why nothing may be shown.</summary>
    public async Task<Refusal?> RecordTransferAsync(CallerIdentity who, string what, string transfer) =>
        IsWatched(who) ? (await RecordAsync(who, what, transfer: transfer)).Refusal : null;

    /// <summary>Records that an export has been sent but for its end.</summary>
    /// <param name="who">Who asked for it.</param>
    /// <param name="start">Index of the entry that recorded its beginning.</param>
    /// <param name="records">Entries sent.</param>
    /// <param name="digest">SHA-256 of the bytes sent, lower hex.</param>
    public async Task<Refusal?> RecordCompletionAsync(CallerIdentity who, long start, long records, string digest) =>
        (await PeerOf(who).RecordAsync(Access(who, AccessKinds.ExportCompleted) with { Start = start, Records = records, Digest = digest })).Refusal;

    /// <summary>The conditions of a question that are set.</summary>
    public static ImmutableArray<AccessCondition> ConditionsOf(AuditQuestion question)
    {
        var conditions = ImmutableArray.CreateBuilder<AccessCondition>();
        Add("country", question.Country);
        Add("agency", question.Agency);
        Add("agreement", question.Agreement);
        Add("dataset", question.DataSet);
        Add("outcome", question.Outcome);
        Add("rule", question.Rule);
        Add("obligation", question.Obligation);
        Add("officer", question.Officer);
        Add("kind", question.Kind);
        Add("transfer", question.Transfer);
        Add("from", question.From?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
        Add("to", question.To?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
        Add("q", question.Text);
        Add("cursor", question.Cursor);
        return conditions.DrainToImmutable();

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                conditions.Add(new AccessCondition(name, value));
            }
        }
    }

    private AuditAccess Access(CallerIdentity who, string what) => new() { What = what, Agency = who.Agency, Officer = officers.Of(who) };

    private IAccessPeer PeerOf(CallerIdentity who) => grains.GetGrain<IAccessPeer>(who.Country);
}
