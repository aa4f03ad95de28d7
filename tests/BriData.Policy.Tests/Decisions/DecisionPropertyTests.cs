using System.Text.Json;
using BriData.Policy.Classification;
using BriData.Policy.Decisions;
using BriData.Policy.Facts;
using BriData.Policy.RulePacks;
using BriData.Policy.Tests.Support;
using CsCheck;

namespace BriData.Policy.Tests.Decisions;

public sealed class DecisionPropertyTests
{
    private static readonly string[] Forgettable =
        ["ciio", "exporterKind", "originOfData", "domesticDataIntroduced", "labourRulesOrCollectiveContract"];

    [Fact]
    public void Decide_Twice_IsEqualToTheByte()
    {
        Generators.Requests.Sample(input => Assert.Equal(Json(DecisionEngine.Decide(input)), Json(DecisionEngine.Decide(Copy(input)))));
    }

    [Fact]
    public void Decide_StricterClassification_NeverLoosens()
    {
        var cases =
            from input in Generators.Requests
            from categories in Gen.Int[0, (1 << 13) - 1]
            from grade in Gen.Int[0, 2]
            from mark in Gen.Int[0, 6]
            from sharing in Gen.Int[0, 4]
            select (input, categories, grade, mark, sharing);
        cases.Sample(sample =>
        {
            var (input, categories, grade, mark, sharing) = sample;
            var dataSet = input.DataSet;
            var marks = dataSet.Scheme!.Marks;
            var stricter = input with
            {
                DataSet = dataSet with
                {
                    Categories = dataSet.Categories | (PersonalCategories)categories,
                    Grade = (EconomicGrade)Math.Max((int)dataSet.Grade, grade),
                    Mark = marks[Math.Max(marks.IndexOf(marks.Single(each => each.Code == dataSet.Mark)), mark)].Code,
                    Sharing = (SharingMark)Math.Max((int)dataSet.Sharing, sharing),
                },
            };

            Assert.True(Severity(stricter) >= Severity(input));
        });
    }

    [Fact]
    public void Decide_AddedProhibition_NeverTurnsADenialIntoAPermission()
    {
        var cases =
            from input in Generators.Requests
            from pack in Generators.Pack(1, 10)
            from when in Generators.Condition(1)
            from at in Gen.Int[0, 10]
            from overlay in Gen.Bool
            select (input, pack, when, at, overlay);
        cases.Sample(sample =>
        {
            var (input, pack, when, at, overlay) = sample;
            var ban = Generators.NewRule(when, RuleOutcome.Prohibited, overlay ? RuleKind.Overlay : RuleKind.Base);
            var rules = pack.Pack.Rules.Insert(Math.Min(at, pack.Pack.Rules.Length), ban);
            var before = input with { Exporter = input.Exporter with { Pack = pack } };
            var after = input with { Exporter = input.Exporter with { Pack = Generators.PackOf("CN", rules) } };

            Assert.True(DecisionEngine.Decide(before).Outcome != DecisionOutcome.Deny || DecisionEngine.Decide(after).Outcome == DecisionOutcome.Deny);
        });
    }

    [Fact]
    public void Decide_FactForgotten_NeverPermitsWhatAValueOfItDenies()
    {
        var cases =
            from input in Generators.Requests
            from fact in Gen.Int[0, Forgettable.Length - 1]
            from value in Generators.Value(FactCatalog.Get(Forgettable[fact]))
            select (input, Forgettable[fact], value);
        cases.Sample(sample =>
        {
            var (input, name, value) = sample;
            var forgotten = input with { DataSet = input.DataSet with { Facts = input.DataSet.Facts.Without(name) } };
            var known = input with { DataSet = input.DataSet with { Facts = input.DataSet.Facts.With(name, value) } };

            Assert.True(
                Severity(forgotten) >= Severity(known),
                $"{name} forgotten: {DecisionEngine.Decide(forgotten).Code}; {value}: {DecisionEngine.Decide(known).Code}");
        });
    }

    [Fact]
    public void Decide_CountForgotten_NeverPermitsWhatAValueOfItDenies()
    {
        Gen.Select(Generators.Requests, Gen.Bool, Gen.Long[0, 2_000_000]).Sample((input, sensitive, count) =>
        {
            var name = sensitive ? FactNames.SensitiveSubjects : FactNames.PersonalSubjects;

            Assert.True(
                Severity(input with { PlatformFacts = input.PlatformFacts.Without(name) })
                >= Severity(input with { PlatformFacts = input.PlatformFacts.With(name, count) }));
        });
    }

    [Fact]
    public void Decide_EveryRemedy_ReallyFlips()
    {
        var found = 0;
        Generators.Requests.Sample(
            input =>
            {
                if (DecisionEngine.Decide(input).Remedy is { } remedy)
                {
                    Interlocked.Increment(ref found);
                    var changed = remedy.Changes.Aggregate(input, Apply);
                    Assert.NotEqual(DecisionOutcome.Deny, DecisionEngine.Decide(changed).Outcome);
                    Assert.True(remedy.Changes.Length == 1 || remedy.Changes.All(left =>
                        DecisionEngine.Decide(remedy.Changes.Remove(left).Aggregate(input, Apply)).Outcome == DecisionOutcome.Deny));
                }
            },
            iter: 400);

        Assert.True(found > 50, $"Only {found} remedies were found.");
    }

    [Fact]
    public void Decide_AnyRequest_HoldsItsOwnShape()
    {
        Generators.Requests.Sample(input =>
        {
            var decision = DecisionEngine.Decide(input);
            var denied = decision.Outcome == DecisionOutcome.Deny;

            Assert.Equal(denied, decision.Kind is not null);
            Assert.True(denied || decision.Missing.IsEmpty);
            Assert.Equal(decision.Outcome == DecisionOutcome.ApprovalRequired, !decision.Approvals.IsEmpty);
            Assert.True(denied || decision.Remedy is null);
            Assert.Contains(decision.Code, DecisionCodes.All);
            Assert.NotEmpty(decision.Rules);
            Assert.Equal(decision.Obligations.Order(StringComparer.Ordinal), decision.Obligations);
            Assert.True(decision.Kind != DenialKind.Indeterminate || decision.Missing.Any(item => item.Kind == "fact"));
        });
    }

    private static int Severity(DecisionInput input) => (int)DecisionEngine.Decide(input).Outcome;

    private static string Json(Decision decision) => JsonSerializer.Serialize(decision);

    private static DecisionInput Copy(DecisionInput input) => input with
    {
        DataSet = input.DataSet with { Facts = FactSet.Parse(input.DataSet.Facts.ToCanonicalJson()).Facts! },
        PlatformFacts = FactSet.Parse(input.PlatformFacts.ToCanonicalJson()).Facts!,
    };

    private static DecisionInput Apply(DecisionInput input, RemedyChange change) => change.Kind switch
    {
        "mechanism" => input.WithMechanism(change.Name, change.Value, input.EventDate),
        "purpose" => input with { Purpose = change.Value },
        "fact" => input with { PlatformFacts = input.PlatformFacts.Merge(State(change)) },
        _ when change.Name == "recognitions" => Recognise(input, change.Value.Split('=')),
        _ when change.Name.EndsWith("maxLevel", StringComparison.Ordinal) =>
            input.WithGrant(grant => grant with { MaxLevel = SecurityLevels.TryParse(change.Value, out var level) ? level : default }),
        _ => throw new InvalidOperationException(change.ToString()),
    };

    private static FactSet State(RemedyChange change)
    {
        var type = FactCatalog.Get(change.Name).Type;
        var value = type is FactType.Boolean or FactType.Integer ? change.Value : $"\"{change.Value}\"";
        return FactSet.Parse(System.Text.Encoding.UTF8.GetBytes($"{{\"{change.Name}\":{value}}}")).Facts!;
    }

    private static DecisionInput Recognise(DecisionInput input, string[] parts)
    {
        Assert.True(SecurityLevels.TryParse(parts[1], out var level));
        var recognition = new Recognition(input.Exporter.Country, parts[0], level, input.EventDate, null);
        return input with { Agreement = input.Agreement with { Recognitions = input.Agreement.Recognitions.Add(recognition) } };
    }
}
