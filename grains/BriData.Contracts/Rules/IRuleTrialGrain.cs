using BriData.Contracts.Countries;

namespace BriData.Contracts.Rules;

/// <summary>
/// Makes recorded decisions again: under the rules of their day, to show that they stand (I6), or under a draft, to show
/// what it would change. Reads ledgers, changes nothing. Key: one of its own for each report, since a report is a
/// conversation with one activation.
/// </summary>
[Alias("bridata.rule-trial")]
public interface IRuleTrialGrain : IGrainWithGuidKey
{
    /// <summary>Checks that the caller may replay the ledger; an auditor or administrator of a party.</summary>
    [Alias("may-replay")]
    Task<Reply<bool>> MayReplayAsync(Caller caller, string ledger);

    /// <summary>Makes every decision of the ledger with an index in [from, to) again.</summary>
    /// <param name="caller">One whom <see cref="MayReplayAsync"/> accepts.</param>
    /// <param name="ledger">Ledger identifier; a ledger that holds no decisions gives an empty report.</param>
    /// <param name="from">First index.</param>
    /// <param name="to">Index after the last.</param>
    /// <param name="cancellationToken">Ends the report early.</param>
    [Alias("replay")]
    IAsyncEnumerable<ReplayLine> ReplayAsync(Caller caller, string ledger, long from, long to, CancellationToken cancellationToken = default);

    /// <summary>Checks that the caller may try the pack on the recorded past; an administrator of the country.</summary>
    [Alias("may-try")]
    Task<Reply<RulePackView>> MayTryAsync(Caller caller, string country, string version);

    /// <summary>
    /// Looks for faults of a rule pack: rules that never match, that overlap with different outcomes, cases that none covers.
    /// An administrator of the country.
    /// </summary>
    [Alias("analyse"), ResponseTimeout("00:05:00")]
    Task<Reply<RulePackAnalysis>> AnalyseAsync(Caller caller, string country, string version, CancellationToken cancellationToken = default);

    /// <summary>Makes every recorded decision of the country's agreements again as if the version had been in force.</summary>
    [Alias("impact")]
    IAsyncEnumerable<ReplayLine> ImpactAsync(Caller caller, string country, string version, CancellationToken cancellationToken = default);
}
