using System.Text.Json.Serialization.Metadata;
using BriData.Contracts.Countries;
using BriData.Grains.EventSourcing;

namespace BriData.Grains.Countries;

/// <summary>The fold of <c>country/{cc}</c>.</summary>
internal sealed class CountryState : ILedgerState<CountryState>
{
    public static int SnapshotVersion => 1;

    public static JsonTypeInfo<CountryState> JsonType => EventJson.Default.CountryState;

    public bool Member { get; set; }

    public List<IssuerRegistration> Issuers { get; set; } = [];

    public string? SchemeDigest { get; set; }

    public string? SchemeVersion { get; set; }

    /// <summary>Counts changes of the scheme, for <c>If-Match</c>.</summary>
    public int SchemeRevision { get; set; }

    /// <summary>Counts changes of the issuers by the country itself.</summary>
    public int IssuerRevision { get; set; }

    public List<RulePackState> Packs { get; set; } = [];

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
                });
                break;
            case RulePackApproved approved:
                var pack = Packs.Single(p => p.Version == approved.Version);
                pack.InForceFrom = approved.InForceFrom;
                pack.ApprovedAt = index;
                pack.LastIndex = index;
                ChangedAsOf = index + 1;
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

    /// <summary>The pack in force on a day: the one with the latest first day, and among equals the one approved last.</summary>
    public RulePackState? PackOn(DateOnly day) => Packs
        .Where(p => p.InForceFrom <= day)
        .OrderBy(p => p.InForceFrom)
        .ThenBy(p => p.ApprovedAt)
        .LastOrDefault();
}

/// <summary>One version of the country's rule pack.</summary>
internal sealed class RulePackState
{
    public required string Jurisdiction { get; set; }

    public required string Version { get; set; }

    public required string Digest { get; set; }

    /// <summary>Pseudonym of the author; another person must approve.</summary>
    public required string DraftedBy { get; set; }

    public DateOnly? InForceFrom { get; set; }

    /// <summary>Index of the approving entry.</summary>
    public long ApprovedAt { get; set; }

    /// <summary>Index of the last entry about it.</summary>
    public long LastIndex { get; set; }
}
