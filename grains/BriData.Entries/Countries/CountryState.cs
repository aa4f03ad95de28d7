using System.Text.Json.Serialization.Metadata;
using BriData.Contracts.Countries;
using BriData.Entries.Events;
using BriData.Entries.Signatures;

namespace BriData.Entries.Countries;

/// <summary>The fold of <c>country/{cc}</c>.</summary>
internal sealed class CountryState : ILedgerState<CountryState>
{
    public static int SnapshotVersion => 2;

    public static JsonTypeInfo<CountryState> JsonType => EventJson.Default.CountryState;

    public bool Member { get; set; }

    public List<IssuerRegistration> Issuers { get; set; } = [];

    /// <summary>The witnesses named last; null before the first time.</summary>
    public WitnessList? Witnesses { get; set; }

    /// <summary>Counts changes of the witnesses.</summary>
    public int WitnessRevision { get; set; }

    public string? SchemeDigest { get; set; }

    public string? SchemeVersion { get; set; }

    /// <summary>Counts changes of the scheme, for <c>If-Match</c>.</summary>
    public int SchemeRevision { get; set; }

    /// <summary>Counts changes of the issuers by the country itself.</summary>
    public int IssuerRevision { get; set; }

    public List<RulePackState> Packs { get; set; } = [];

    /// <summary>Which version governs from when, in the order in which it was decided.</summary>
    public List<RulePackPublication> Publications { get; set; } = [];

    /// <summary>Keys for signed acts, in the order in which they were registered.</summary>
    public List<SigningKeyState> Keys { get; set; } = [];

    /// <summary>Date of the last signed act on a rule pack; a later one must be dated later, so that none is taken twice.</summary>
    public DateTimeOffset? LastSignedAt { get; set; }

    /// <summary>Name of the key of the reasons for acts of the country; null while there are none.</summary>
    public string? TextKey { get; set; }

    public SortedSet<string> Agencies { get; set; } = new(StringComparer.Ordinal);

    public SortedSet<string> Agreements { get; set; } = new(StringComparer.Ordinal);

    /// <summary>Ledger size of the last change that agreements must know.</summary>
    public long ChangedAsOf { get; set; }

    /// <summary>Ledger size up to which all linked agreements have been told.</summary>
    public long PublishedAsOf { get; set; }

    public void Apply(LedgerEvent entry, long index)
    {
        switch (entry.Data)
        {
            case CountryFounded founded:
                Member = true;
                Issuers = [.. founded.Issuers];
                break;
            case IssuersPut put:
                Issuers = [.. put.Issuers];
                IssuerRevision += entry.By is null ? 0 : 1;
                ChangedAsOf = index + 1;
                break;
            case WitnessesPut put:
                Witnesses = put.Witnesses;
                WitnessRevision++;
                ChangedAsOf = index + 1;
                break;
            case SchemePut put:
                SchemeDigest = put.Digest;
                SchemeVersion = put.SchemeVersion;
                SchemeRevision++;
                ChangedAsOf = index + 1;
                break;
            case RulePackDrafted drafted:
                Packs.Add(new RulePackState
                {
                    Jurisdiction = drafted.Jurisdiction,
                    Version = drafted.Version,
                    Digest = drafted.Digest,
                    DraftedBy = entry.By!.Officer,
                    LastIndex = index,
                    Revision = 1,
                });
                break;
            case RulePackTested tested:
                var run = Pack(tested.Version)!;
                run.LastTest = tested;
                run.Acted(index);
                break;
            case RulePackApproved approved:
                Pack(approved.Version)!.IsApproved = true;
                Publish(approved.Version, approved.InForceFrom, index);
                Signed(approved.Signature);
                break;
            case RulePackReinstated reinstated:
                Publish(reinstated.Version, reinstated.InForceFrom, index);
                Signed(reinstated.Signature);
                break;
            case CountryKeyRegistered registered:
                Keys.RemoveAll(k => k.Key.Kid == registered.Kid);
                Keys.Add(SigningKeyState.From(entry, registered, index));
                ChangedAsOf = registered.Signature is null ? ChangedAsOf : index + 1;
                break;
            case CountryKeyConfirmed confirmed:
                Key(confirmed.Kid)!.Confirm(entry.At, index);
                ChangedAsOf = index + 1;
                break;
            case CountryKeyRevoked revoked:
                var key = Key(revoked.Kid)!;
                key.Revoke(revoked.Since, index);
                TextKey = revoked.TextKey ?? TextKey;
                ChangedAsOf = key.Key.ConfirmedAt is null ? ChangedAsOf : index + 1;
                break;
            case AgencyEnrolled enrolled:
                Agencies.Add(enrolled.Slug);
                break;
            case AgreementLinked linked:
                Agreements.Add(linked.Agreement);
                break;
            case PublicationCompleted completed:
                PublishedAsOf = completed.AsOf;
                break;
        }
    }

    /// <summary>The version, or null.</summary>
    public RulePackState? Pack(string version) => Packs.Find(p => p.Version == version);

    /// <summary>The key with this thumbprint, or null.</summary>
    public SigningKeyState? Key(string kid) => Keys.Find(k => k.Key.Kid == kid);

    /// <summary>
    /// The pack in force on a day for the country as a whole, or for a part with a regime of its own: the one published for
    /// the latest first day, and among equals the one published last.
    /// </summary>
    public RulePackState? PackOn(string? part, DateOnly day) => Publications
        .Where(p => p.From <= day && Pack(p.Version)!.Part == part)
        .OrderBy(p => p.From)
        .ThenBy(p => p.At)
        .Select(p => Pack(p.Version))
        .LastOrDefault();

    /// <summary>First day of the latest publication of a pack; null for one that was never published.</summary>
    public DateOnly? InForceFrom(RulePackState pack) => Publications.FindLast(p => p.Version == pack.Version)?.From;

    /// <summary>Where a pack is in its life on a day.</summary>
    public string StatusOf(RulePackState pack, DateOnly today)
    {
        if (InForceFrom(pack) is not { } from)
        {
            return pack.PassedItsTests ? RulePackStatus.Tested : RulePackStatus.Draft;
        }

        return pack == PackOn(pack.Part, today) ? RulePackStatus.InForce
            : from > today ? RulePackStatus.Approved
            : RulePackStatus.Superseded;
    }

    private void Signed(string? signature) => LastSignedAt = SignedAct.DateOf(signature) ?? LastSignedAt;

    private void Publish(string version, DateOnly from, long index)
    {
        Publications.Add(new RulePackPublication(version, from, index));
        Pack(version)!.Acted(index);
        ChangedAsOf = index + 1;
    }
}
