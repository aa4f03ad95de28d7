using System.Runtime.CompilerServices;
using System.Text.Json;
using BriData.Contracts;
using BriData.Contracts.Audit;
using BriData.Contracts.Countries;
using BriData.Contracts.Rules;
using BriData.Entries.Events;
using BriData.Entries.Rules;
using BriData.Grains.Accesses;
using BriData.Grains.EventSourcing;
using BriData.Grains.Security;
using BriData.Identity;
using BriData.Ledger;
using BriData.Ledger.Storage;
using BriData.Policy.Analysis;

namespace BriData.Grains.Rules;

/// <summary>Makes recorded decisions again, for one report.</summary>
[GrainType("bridata.rule-trial")]
internal sealed class RuleTrialGrain(ILedgerStore store, RuleLibrary library, CallerRecognition recognition, AccessRecorder recorder) : Grain, IRuleTrialGrain
{
    private const int ProgressEvery = 1000;

    public async Task<Reply<bool>> MayReplayAsync(Caller caller, string ledger)
    {
        var who = await recognition.RecogniseAsync(caller, CallerRoles.Auditor | CallerRoles.Admin);
        if (!who.IsOk)
        {
            return who.Refusal;
        }

        var refusal = await recognition.MaySeeAsync(caller, who.Value, ledger)
            ?? await recorder.RecordReadsAsync(who.Value, AccessKinds.Replay, ledger);
        return refusal is null ? true : refusal;
    }

    public async IAsyncEnumerable<ReplayLine> ReplayAsync(
        Caller caller, string ledger, long from, long to, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Require(await MayReplayAsync(caller, ledger));
        var count = new Count();
        await foreach (var line in JudgeAsync(LedgerId.Parse(ledger), from, to, null, count, cancellationToken))
        {
            yield return line;
        }

        if (!count.Unreadable)
        {
            yield return new ReplayLine("summary", ledger, count.Decisions, count.Different);
        }
    }

    public async Task<Reply<RulePackView>> MayTryAsync(Caller caller, string country, string version)
    {
        var pack = await GrainFactory.GetGrain<ICountryGrain>(country).GetRulePackAsync(caller, version);
        return pack.IsOk ? pack.Value.Pack : pack.Refusal;
    }

    public async Task<Reply<RulePackAnalysis>> AnalyseAsync(Caller caller, string country, string version, CancellationToken cancellationToken = default)
    {
        var pack = await MayTryAsync(caller, country, version);
        if (!pack.IsOk)
        {
            return pack.Refusal;
        }

        var compiled = await library.GetPackAsync(pack.Value.Digest);
        return await Task.Run(() => AnalysisReport.Of(compiled, PackAnalyser.Analyse(compiled, AnalysisLimits.Default, cancellationToken)), cancellationToken);
    }

    public async IAsyncEnumerable<ReplayLine> ImpactAsync(
        Caller caller, string country, string version, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var pack = Require(await MayTryAsync(caller, country, version));
        var substitute = new PackSubstitute(country, Jurisdictions.PartOf(country, pack.Jurisdiction), await library.GetPackAsync(pack.Digest));
        var count = new Count();
        var members = await GrainFactory.GetGrain<ICountryPeer>(country).GetMembersAsync();
        if (members.Refusal is { } unreadable)
        {
            yield return new ReplayLine("unreadable", $"country/{country}", 0, 0, null, $"{unreadable.Code}: {unreadable.Detail}");
            yield break;
        }

        foreach (var agreement in members.Value!.Agreements)
        {
            await foreach (var line in JudgeAsync(LedgerId.Parse($"agreement/{agreement}"), 0, long.MaxValue, substitute, count, cancellationToken))
            {
                yield return line;
            }
        }

        if (!count.Unreadable)
        {
            yield return new ReplayLine("summary", null, count.Decisions, count.Different);
        }
    }

    private async IAsyncEnumerable<ReplayLine> JudgeAsync(
        LedgerId ledger, long from, long to, PackSubstitute? substitute, Count count, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (ledger.Kind != "agreement" || count.Unreadable)
        {
            yield break;
        }

        var decisions = new DecisionReplayer(store, library).ReplayAsync(ledger, from, to, substitute, cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using var closing = decisions.ConfigureAwait(true);
        while (true)
        {
            ReplayedDecision? decision = null;
            Refusal? unreadable = null;
            try
            {
                decision = await decisions.MoveNextAsync() ? decisions.Current : null;
            }
            catch (Exception e) when (e is LedgerStoreException or UnreadableEntryException)
            {
                unreadable = LedgerRefusals.From(e);
            }

            if (unreadable is not null)
            {
                count.Unreadable = true;
                yield return new ReplayLine("unreadable", ledger.Value, count.Decisions, count.Different, null, $"{unreadable.Code}: {unreadable.Detail}");
                yield break;
            }

            if (decision is null)
            {
                yield break;
            }

            count.Decisions++;
            if (DifferenceOf(decision, substitute) is { } difference)
            {
                count.Different++;
                yield return new ReplayLine("different", ledger.Value, count.Decisions, count.Different, difference);
            }

            if (count.Decisions % ProgressEvery == 0)
            {
                yield return new ReplayLine("progress", ledger.Value, count.Decisions, count.Different);
            }
        }
    }

    // Under the rules of the day the bytes must agree; under a draft the versions differ anyway, so what a person is told counts.
    private static ReplayDifference? DifferenceOf(ReplayedDecision decision, PackSubstitute? substitute)
    {
        if (decision.IsIdentical)
        {
            return null;
        }

        var (recorded, now) = (DigestOf(decision.Recorded), DigestOf(decision.Repeated));
        var same = substitute is not null
            && recorded.Outcome == now.Outcome
            && recorded.Code == now.Code
            && recorded.Obligations.SequenceEqual(now.Obligations);
        return same ? null : new ReplayDifference(decision.Transfer, decision.Index, recorded, now);
    }

    private static DecisionDigest DigestOf(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        return new DecisionDigest(
            root.GetProperty("outcome").GetString()!,
            root.GetProperty("code").GetString()!,
            root.GetProperty("reason").GetString()!,
            [.. root.GetProperty("rules").EnumerateArray().Where(r => r.GetProperty("result").GetString() == "matched").Select(r => r.GetProperty("id").GetString()!)],
            [.. root.GetProperty("obligations").EnumerateArray().Select(o => o.GetString()!)]);
    }

    private static T Require<T>(Reply<T> reply) =>
        reply.IsOk ? reply.Value : throw new UnauthorizedAccessException($"{reply.Refusal.Code}: {reply.Refusal.Detail}");

    private sealed class Count
    {
        public long Decisions { get; set; }

        public long Different { get; set; }

        public bool Unreadable { get; set; }
    }
}
