using BriData.Entries.Countries;
using BriData.Entries.Rules;
using BriData.Entries.Signatures;
using BriData.Policy.RulePacks;

namespace BriData.Entries.Judging;

/// <content>The life of rule packs: drafted, tested, approved by a second person, in force from a day, returned to.</content>
internal sealed partial class CountryBook
{
    private readonly Dictionary<string, PackRecord> _packs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CompiledRulePack> _compiled = new(StringComparer.Ordinal);
    private readonly List<(PackRecord Pack, DateOnly From)> _publications = [];

    private void Drafted(JudgedEntry e, RulePackDrafted drafted)
    {
        e.Require(Jurisdictions.MayPublish(_country, drafted.Jurisdiction), JudgeCodes.WrongActor, $"{_country} publishes no law of {drafted.Jurisdiction}.");
        var pack = new PackRecord(drafted.Version, Jurisdictions.PartOf(_country, drafted.Jurisdiction), e.By.Officer, drafted.Digest);
        e.Require(_packs.TryAdd(drafted.Version, pack), JudgeCodes.WrongState, $"There is a rule pack of version '{drafted.Version}'; a version is never changed.");
    }

    private void Tested(JudgedEntry e, RulePackTested tested)
    {
        if (Find(e, tested.Version) is not { } pack)
        {
            return;
        }

        e.Require(pack.LastTest != tested, JudgeCodes.WrongState, "The same result is recorded already.");
        pack.LastTest = tested;
        if (_compiled.TryGetValue(tested.Version, out var compiled))
        {
            var results = PackTestRunner.Run(compiled);
            var (passed, covered) = (results.Count(r => r.Passed), Covered(compiled, results));
            var run = new RulePackTested(tested.Version, results.Length, passed, compiled.Pack.Rules.Length, covered);
            e.Require(run == tested, JudgeCodes.TestsDiffer, $"{run.Passed} of {run.Cases} cases pass when they are run again and meet {run.Covered} of {run.Rules} rules; recorded are {tested.Passed} of {tested.Cases} and {tested.Covered} of {tested.Rules}.");
        }
    }

    private void Approved(JudgedEntry e, RulePackApproved approved)
    {
        RequireSigned(e, Acts.Approve, approved.Version, approved.InForceFrom, approved.Signature);
        if (Find(e, approved.Version) is not { } pack)
        {
            return;
        }

        e.Require(!pack.Approved, JudgeCodes.WrongState, $"Rule pack '{pack.Version}' is approved already.");
        e.Require(pack.LastTest is { Cases: > 0 } test && test.Passed == test.Cases, JudgeCodes.WrongState, $"Rule pack '{pack.Version}' has not passed its own test cases.");
        e.Require(pack.Author != e.By.Officer, JudgeCodes.SecondPersonNeeded, $"Rule pack '{pack.Version}' is approved by its author.");
        e.Require(approved.InForceFrom >= e.Day, JudgeCodes.WrongDate, $"It is approved on {e.Day:O} for {approved.InForceFrom:O}; no law reaches back.");
        pack.Approved = true;
        Publish(e, pack, approved.InForceFrom);
    }

    private void Reinstated(JudgedEntry e, RulePackReinstated reinstated)
    {
        RequireSigned(e, Acts.Reinstate, reinstated.Version, reinstated.InForceFrom, reinstated.Signature);
        if (Find(e, reinstated.Version) is not { } pack)
        {
            return;
        }

        var last = _publications.FindLast(p => p.Pack == pack);
        var superseded = last.Pack is not null && last.From <= e.Day && InForce(pack.Part, e.Day) != pack;
        e.Require(superseded, JudgeCodes.WrongState, $"Rule pack '{pack.Version}' is not a superseded one, which alone can be returned to.");
        e.Require(reinstated.InForceFrom == e.Day, JudgeCodes.WrongDate, $"It is returned to on {e.Day:O}, from {reinstated.InForceFrom:O}.");
        Publish(e, pack, reinstated.InForceFrom);
    }

    // A verdict may name what is no rule of the pack's list, which counts neither as a rule nor as covered.
    private static int Covered(CompiledRulePack pack, IEnumerable<PackTestResult> results)
    {
        var matched = results.SelectMany(r => r.Verdict.Rules).Where(r => r.Result == "matched").Select(r => r.Id).ToHashSet(StringComparer.Ordinal);
        return pack.Pack.Rules.Count(r => matched.Contains(r.Id));
    }

    private PackRecord? Find(JudgedEntry e, string version)
    {
        var pack = _packs.GetValueOrDefault(version);
        e.Require(pack is not null, JudgeCodes.WrongState, $"There is no rule pack of version '{version}'.");
        return pack;
    }

    private void Publish(JudgedEntry e, PackRecord pack, DateOnly from)
    {
        _publications.Add((pack, from));
        Changed(e);
    }

    // The latest first day governs; among equal days the one that was decided last.
    private PackRecord? InForce(string? part, DateOnly day)
    {
        (PackRecord Pack, DateOnly From)? best = null;
        foreach (var publication in _publications)
        {
            if (publication.Pack.Part == part && publication.From <= day && (best is null || publication.From >= best.Value.From))
            {
                best = publication;
            }
        }

        return best?.Pack;
    }

    private sealed class PackRecord(string version, string? part, string author, string digest)
    {
        public string Version => version;

        public string? Part => part;

        public string Author => author;

        public string Digest => digest;

        public RulePackTested? LastTest { get; set; }

        public bool Approved { get; set; }
    }
}
