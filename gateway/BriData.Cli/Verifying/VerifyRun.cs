using System.Collections.Immutable;
using BriData.Cli.Platform;
using BriData.Entries.Judging;
using BriData.Ledger;
using BriData.Ledger.Mirroring;
using BriData.Ledger.Notes;
using BriData.Ledger.Verification;

namespace BriData.Cli.Verifying;

/// <summary>Verifies ledgers one after the other, and says what was found.</summary>
internal sealed class VerifyRun(Surroundings surroundings, VerifySettings settings)
{
    private const int MaxSaid = 5;

    private readonly SharedRules _rules = new();

    /// <summary>Verifies one ledger; says on the way how far it is, and at the end what was found.</summary>
    /// <exception cref="CommandException">The earlier checkpoint is none of this ledger.</exception>
    public async Task<VerifiedLedger> VerifyAsync(ILedgerSource source, CancellationToken cancellationToken)
    {
        VerifiedLedger verified;
        try
        {
            verified = await ReadAsync(source, cancellationToken);
        }
        catch (LedgerSourceException e)
        {
            verified = VerifiedLedger.Unreadable(source.Location, e.Message);
        }

        await SayAsync(verified);
        return verified;
    }

    /// <summary>Holds what agreements were told against the ledgers it comes from, of those that were verified; says what differs.</summary>
    /// <returns>The ledgers, with what differs among their findings.</returns>
    public async Task<ImmutableArray<VerifiedLedger>> CompareAsync(IReadOnlyList<VerifiedLedger> verified)
    {
        var differing = _rules.CompareContexts().ToLookup(d => d.Agreement.Value, d => d.Finding);
        var compared = ImmutableArray.CreateBuilder<VerifiedLedger>(verified.Count);
        foreach (var ledger in verified)
        {
            LedgerFinding[] findings = [.. differing[ledger.Ledger ?? ""]];
            compared.Add(findings.Length == 0 ? ledger : ledger with { FirstBad = ledger.FirstBad ?? findings[0], Findings = [.. ledger.Findings, .. findings] });
            foreach (var finding in findings.Take(MaxSaid))
            {
                await surroundings.Output.WriteLineAsync($"{ledger.Ledger}, beside its sources: NOT in order: {Describe(finding)}");
            }
        }

        return compared.MoveToImmutable();
    }

    private async Task<VerifiedLedger> ReadAsync(ILedgerSource source, CancellationToken cancellationToken)
    {
        var described = await source.DescribeAsync(cancellationToken);
        var ledger = LedgerId.Parse(described.Ledger);
        var progress = new ProgressLine(surroundings, described.Ledger);
        var verifier = new SourceVerifier(source, new SourceVerification
        {
            Key = settings.Key,
            Witnesses = settings.Witnesses,
            Quorum = settings.Quorum,
            Earlier = settings.Earlier is { } note ? [Open(note, settings.Key?.VerifierKey ?? described.Vkey)] : [],
            Progress = progress.Report,
        });
        if (!settings.Judge)
        {
            var tree = await verifier.VerifyAsync(cancellationToken);
            return Summary(tree, [.. tree.Findings], null);
        }

        var judge = LedgerJudge.Of(ledger, source, _rules);
        var report = await verifier.VerifyAsync(new JudgingReader(judge), cancellationToken);
        judge.Finish();

        // What entries say counts for little if they are not what was signed: the tree's findings come first.
        return Summary(report, [.. report.Findings, .. judge.Findings], judge);
    }

    private static VerifiedLedger Summary(SourceVerificationReport report, IReadOnlyList<LedgerFinding> findings, LedgerJudge? judge) => new(
        report.Location,
        report.Ledger?.Value,
        report.Checkpoint?.Size,
        report.Entries,
        report.Root.ToString(),
        report.Witnessed,
        judge?.Decisions ?? 0,
        judge?.DecisionsLeftOut ?? 0,
        judge is not null,
        report.Unread,
        findings.Count > 0 ? findings[0] : null,
        [.. findings]);

    private static Checkpoint Open(string note, string vkey)
    {
        try
        {
            return Checkpoint.Open(note, NoteVerifier.Parse(vkey));
        }
        catch (FormatException e)
        {
            throw new CommandException(ExitCodes.Usage, $"The earlier checkpoint proves nothing about this ledger: {e.Message}");
        }
    }

    private async Task SayAsync(VerifiedLedger verified)
    {
        var output = surroundings.Output;
        if (verified.Unread is { } problem)
        {
            var (started, found) = (verified.Ledger is not null, verified.FirstBad is not null);
            await surroundings.Messages.WriteLineAsync($"{verified.Location} cannot be verified{(started ? " to its end" : "")}: {problem}");
            if (!found)
            {
                return;
            }
        }

        var name = verified.Ledger ?? verified.Location;
        var witnessed = verified.Witnessed is { } size ? $", witnessed up to {size}" : "";
        var judged = verified.Judged ? $", {verified.Decisions} decisions made again" : ", only the tree was looked at";
        await output.WriteLineAsync($"{name}: {verified.Entries} entries, root {verified.Root}{witnessed}{judged}: {(verified.Ok ? "in order" : "NOT in order")}");
        if (verified.FirstBad is { } first)
        {
            await output.WriteLineAsync($"  first: {Describe(first)}");
            foreach (var more in verified.Findings.Skip(1).Take(4))
            {
                await output.WriteLineAsync($"  then:  {Describe(more)}");
            }

            if (verified.Findings.Length > 5)
            {
                await output.WriteLineAsync($"  and {verified.Findings.Length - 5} more; --report writes all.");
            }
        }

        if (verified.DecisionsLeftOut > 0)
        {
            await output.WriteLineAsync($"  {verified.DecisionsLeftOut} decisions could not be made again.");
        }
    }

    private static string Describe(LedgerFinding finding)
    {
        var place = finding.Index is { } index ? $"entry {index}{(finding.Kind is { } kind ? $" ({kind})" : "")}" : "the ledger";
        var resource = finding.Resource is { } path ? $" [{path}]" : "";
        return $"{place}{resource}: {finding.Code}: {finding.Message}";
    }
}
