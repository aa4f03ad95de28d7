using System.Collections.Immutable;
using System.Text.Json;
using BriData.Policy.Classification;
using BriData.Policy.Decisions;
using BriData.Policy.RulePacks;
using BriData.Policy.Tests.Support;
using CsCheck;

namespace BriData.Policy.Tests.Decisions;

/// <summary>What the platform promises of every decision, over requests between all countries with shipped packs.</summary>
public sealed class DecisionGuaranteeTests
{
    private const int Cases = 10_000;

    /// <summary>
    /// Laws whose layers add up. In Vietnam data on persons leaves the law on important data for that on personal data, which
    /// has exemptions of its own, and an approval for core data is no dossier for important data.
    /// </summary>
    private static readonly Gen<DecisionInput> Layered = Exchanges.All.Where(input => input.Exporter.Country != "VN");

    /// <summary>
    /// Categories that take data out of the law that judged it and into another with a route of its own. In the Emirates
    /// data on health and of banks leaves the federal law; of the one an exception may be all that is asked, and the other
    /// is for a person. In South Africa special information goes by the Regulator's authorisation, no route for other data.
    /// </summary>
    private static readonly ImmutableDictionary<string, PersonalCategories> OfOtherLaw = new Dictionary<string, PersonalCategories>
    {
        ["AE"] = PersonalCategories.Health | PersonalCategories.Financial,
        ["ZA"] = PersonalCategories.Sensitive | PersonalCategories.Biometric | PersonalCategories.Genetic | PersonalCategories.Health
            | PersonalCategories.Criminal | PersonalCategories.ChildUnder14 | PersonalCategories.Child,
    }.ToImmutableDictionary();

    /// <summary>
    /// Laws whose rules apply to every category. In the United States the category says which threshold holds, so naming
    /// one may settle what a missing fact, or sensitive data of no named kind, left open.
    /// </summary>
    private static readonly Gen<DecisionInput> Categorised = Layered.Where(input => input.Exporter.Country != "US" || !IsOpen(input));

    /// <summary>
    /// Laws with a rule for every grade. In China from September 2022 to May 2023 important data went by the assessment, while
    /// for other data on persons the standard contract was not yet in force, and a person must decide.
    /// </summary>
    private static readonly Gen<DecisionInput> Graded = Layered.Where(input =>
        input.Exporter.Country != "CN" || input.EventDate >= new DateOnly(2023, 6, 1));

    [Fact]
    public void Decide_AddedProhibition_NeverTurnsADenialIntoAPermission()
    {
        var cases =
            from input in Exchanges.All
            from when in Generators.Condition(1)
            from at in Gen.Int[0, 60]
            from kind in Gen.Enum<RuleKind>()
            from role in Gen.Enum<RuleRole>()
            from toImporter in Gen.Bool
            select (input, ban: Generators.NewRule(when, RuleOutcome.Prohibited, kind) with { Role = role }, at, toImporter);
        cases.Sample(
            sample =>
            {
                var (input, ban, at, toImporter) = sample;
                var pack = (toImporter ? input.Importer : input.Exporter).Pack!;
                var banned = CompiledRulePack.Compile(pack.Pack with { Rules = pack.Pack.Rules.Insert(Math.Min(at, pack.Pack.Rules.Length), ban) });
                var after = toImporter
                    ? input with { Importer = input.Importer with { Pack = banned } }
                    : input with { Exporter = input.Exporter with { Pack = banned } };

                Assert.True(Outcome(input) != DecisionOutcome.Deny || Outcome(after) == DecisionOutcome.Deny);
            },
            iter: Cases,
            print: sample => $"{sample.ban} at {sample.at}, importer {sample.toImporter}: {Exchanges.Describe(sample.input)}");
    }

    [Fact]
    public void Decide_HigherSecrecyLevel_NeverLoosens() => NeverLoosens(Exchanges.All, (input, raise) =>
    {
        var marks = input.DataSet.Scheme!.Marks;
        var mark = marks.IndexOf(marks.Single(each => each.Code == input.DataSet.Mark));
        return input.DataSet with { Mark = marks[Math.Min(mark + raise, marks.Length - 1)].Code };
    });

    [Fact]
    public void Decide_HigherEconomicGrade_NeverLoosens() => NeverLoosens(Graded, (input, raise) =>
        input.DataSet with { Grade = (EconomicGrade)Math.Min((int)input.DataSet.Grade + raise, (int)EconomicGrade.Core) });

    [Fact]
    public void Decide_AnotherPersonalCategory_NeverLoosens() => NeverLoosens(Categorised, (input, raise) =>
        input.DataSet with { Categories = input.DataSet.Categories | Added(input, (PersonalCategories)(1 << raise)) });

    [Fact]
    public void Decide_NarrowerSharingMark_NeverLoosens() => NeverLoosens(Exchanges.All, (input, raise) =>
        input.DataSet with { Sharing = (SharingMark)Math.Min((int)input.DataSet.Sharing + raise, (int)SharingMark.Red) });

    [Fact]
    public void Decide_FactForgotten_NeverPermitsWhatWasNotPermitted()
    {
        var forgotten = 0;
        Gen.Select(Exchanges.All, Gen.Int[0, 1000]).Sample(
            (input, which) =>
            {
                var facts = Exchanges.Forgettable(input);
                if (!facts.IsEmpty)
                {
                    Interlocked.Increment(ref forgotten);
                    var (known, unknown) = (Outcome(input), Outcome(input.Without(facts[which % facts.Length])));
                    Assert.True(unknown >= known || (IsPermit(known) && IsPermit(unknown)));
                }
            },
            iter: Cases,
            print: sample => $"without one of {string.Join(' ', Exchanges.Forgettable(sample.Item1).Select(fact => fact.Name))}, the {sample.Item2}th: {Exchanges.Describe(sample.Item1)}");

        Assert.True(forgotten > Cases / 2, $"Only {forgotten} requests had a fact to forget.");
    }

    [Fact]
    public void Decide_EveryRemedy_FlipsAndHoldsNothingSuperfluous()
    {
        var found = 0;
        Exchanges.All.Sample(
            input =>
            {
                if (DecisionEngine.Decide(input).Remedy is { } remedy)
                {
                    Interlocked.Increment(ref found);
                    Assert.NotEqual(DecisionOutcome.Deny, Outcome(Remedies.Apply(input, remedy)));
                    Assert.True(remedy.Changes.Length == 1 || remedy.Changes.All(left =>
                        Outcome(Remedies.Apply(input, remedy with { Changes = remedy.Changes.Remove(left) })) == DecisionOutcome.Deny));
                }
            },
            iter: Cases,
            print: Exchanges.Describe);

        Assert.True(found > Cases / 10, $"Only {found} remedies were found.");
    }

    [Fact]
    public void Decide_WithoutAccount_IsTheSameDecision()
    {
        Exchanges.All.Sample(
            input => Assert.Equal(
                Json(DecisionBuilder.Build(DecisionEngine.Judge(input, tells: true), remedy: null) with { Rules = [] }),
                Json(DecisionBuilder.Build(DecisionEngine.Judge(input, tells: false), remedy: null))),
            iter: Cases,
            print: Exchanges.Describe);
    }

    private static bool IsOpen(DecisionInput input)
    {
        var context = DecisionEngine.Judge(input, tells: false);
        return context.Denial?.Code == DecisionCodes.FactMissing || DecisionBuilder.Outcome(context) == DecisionOutcome.ApprovalRequired;
    }

    private static PersonalCategories Added(DecisionInput input, PersonalCategories category) =>
        category & ~OfOtherLaw.GetValueOrDefault(input.Exporter.Country);

    private static void NeverLoosens(Gen<DecisionInput> inputs, Func<DecisionInput, int, DataSetProfile> stricter) =>
        Gen.Select(inputs, Gen.Int[1, 12]).Sample(
            (input, raise) => Assert.True(Hold(input with { DataSet = stricter(input, raise) }) >= Hold(input)),
            iter: Cases,
            print: sample => $"raised by {sample.Item2}: {Exchanges.Describe(sample.Item1)}");

    // How firmly a decision holds the data back. A law may leave to a person what it otherwise asks a mechanism for, so an
    // approval to come and a mechanism or fact to come hold alike: neither lets anything pass today.
    private static int Hold(DecisionInput input)
    {
        var context = DecisionEngine.Judge(input, tells: false);
        return context.Denial?.Code switch
        {
            null => (int)DecisionBuilder.Outcome(context),
            DecisionCodes.MechanismMissing or DecisionCodes.PriorApprovalMissing or DecisionCodes.FactMissing => (int)DecisionOutcome.ApprovalRequired,
            _ => (int)DecisionOutcome.Deny,
        };
    }

    private static bool IsPermit(DecisionOutcome outcome) => outcome <= DecisionOutcome.PermitWithObligations;

    private static DecisionOutcome Outcome(DecisionInput input) => DecisionBuilder.Outcome(DecisionEngine.Judge(input, tells: false));

    private static string Json(Decision decision) => JsonSerializer.Serialize(decision);
}
