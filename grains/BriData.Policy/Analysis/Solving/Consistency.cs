using System.Collections.Immutable;
using BriData.Policy.Facts;
using BriData.Policy.RulePacks.Conditions;

namespace BriData.Policy.Analysis.Solving;

/// <summary>
/// What holds of every statement by the meaning of the vocabulary: the statements that the evaluator's own derivations
/// leave as they are. A case that they would change is the same case as the changed one, which is looked at anyway.
/// </summary>
internal static class Consistency
{
    private static readonly string[] Sensitive =
        ["Sensitive", "Biometric", "Genetic", "Health", "Financial", "PreciseLocation", "ChildUnder14"];

    /// <summary>Conditions that are never false, over facts that the pack reads.</summary>
    public static IEnumerable<Condition> Of(FactReadings readings)
    {
        if (readings.Reads(FactNames.ExporterInFtz) && readings.Reads(FactNames.SubRegime))
        {
            yield return Not(All(Known(FactNames.ExporterInFtz, false), Compare(FactNames.SubRegime, ComparisonOperator.StartsWith, FactValue.Of("CN-FTZ-"))));
        }

        if (!readings.Reads(FactNames.PersonalCategory))
        {
            yield break;
        }

        var someCategory = Holds(FactCatalog.Get(FactNames.PersonalCategory).Values);
        if (readings.Reads(FactNames.DataKind))
        {
            yield return Not(All(someCategory, Known(FactNames.DataKind, false)));
            yield return Not(All(someCategory, Compare(FactNames.DataKind, ComparisonOperator.Eq, FactValue.Of("NonPersonal"))));
        }

        var sensitive = Holds([.. Sensitive]);
        var knowsSubjects = readings.Reads(FactNames.Subjects);
        if (readings.Reads(FactNames.SensitiveSubjects))
        {
            yield return Any(Not(sensitive), All(
                Known(FactNames.SensitiveSubjects, true),
                Compare(FactNames.SensitiveSubjects, ComparisonOperator.Gte, FactValue.Of(1))));
            if (knowsSubjects)
            {
                yield return Any(Not(sensitive), NotBelowSubjects(FactNames.SensitiveSubjects));
            }
        }

        if (knowsSubjects && readings.Reads(FactNames.PersonalSubjects))
        {
            yield return Any(
                sensitive,
                Known(FactNames.PersonalCategory, false),
                Known(FactNames.Subjects, false),
                All(Known(FactNames.PersonalSubjects, true), NotBelowSubjects(FactNames.PersonalSubjects)));
        }
    }

    private static ComparisonCondition NotBelowSubjects(string total) => new(
        FactCatalog.Get(total), ComparisonOperator.Gte, new FactOperand(FactCatalog.Get(FactNames.Subjects), 0, OffsetUnit.None), null);

    private static ComparisonCondition Holds(ImmutableArray<string> codes) =>
        Compare(FactNames.PersonalCategory, ComparisonOperator.ContainsAny, FactValue.OfSet(codes));

    private static ComparisonCondition Known(string fact, bool value) => Compare(fact, ComparisonOperator.Known, FactValue.Of(value));

    private static ComparisonCondition Compare(string fact, ComparisonOperator comparison, FactValue value) =>
        new(FactCatalog.Get(fact), comparison, new LiteralOperand([value]), null);

    private static NotCondition Not(Condition part) => new(part);

    private static AllCondition All(params ImmutableArray<Condition> parts) => new(parts);

    private static AnyCondition Any(params ImmutableArray<Condition> parts) => new(parts);
}
