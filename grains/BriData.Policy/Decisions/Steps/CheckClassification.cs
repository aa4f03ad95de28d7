using BriData.Policy.Classification;
using BriData.Policy.Facts;

namespace BriData.Policy.Decisions.Steps;

/// <summary>
/// Maps the national mark to the neutral ladder and holds it against the grant. Secrecy grades of two states are
/// equivalent only where the states agreed so (fact sheet, section 1.3): from Confidential up, and for every state
/// secret, a recognition must be in force that day. The effective level is the stricter of what the country and the
/// recognition say, so no mapping lowers a level.
/// </summary>
internal sealed class CheckClassification : DecisionStep
{
    public override bool Take(DecisionContext context)
    {
        var dataSet = context.Input.DataSet;
        if (dataSet.Scheme is not { } scheme || !scheme.TryGetMark(dataSet.Mark, out var mark))
        {
            context.Tell("platform.mark-known", "platform", context.Input.Exporter.Country, matched: false, FactNames.NationalGrade);
            context.Deny(DecisionCodes.MarkUnknown, DenialKind.NotPermitted, dataSet.Mark);
            return true;
        }

        context.Mark = mark;
        var recognised = NeutralLevels.Recognised(context.Input.Agreement.Recognitions, context.Input.Exporter.Country, mark.Code, context.Input.EventDate);
        context.MarkRecognised = recognised is not null;
        var level = NeutralLevels.Strictest(mark.Level, recognised, dataSet.MinLevel);
        context.Tell("platform.mark-known", "platform", scheme.Reference, matched: true, FactNames.NationalGrade);
        if (level >= SecurityLevel.Confidential || mark.StateSecret || dataSet.InheritedStateSecret)
        {
            context.Tell("agreement.recognition", "agreement", context.Input.Agreement.Id, context.MarkRecognised, FactNames.NationalGrade);
            if (!context.MarkRecognised)
            {
                context.Deny(DecisionCodes.MarkNotRecognised, DenialKind.NotPermitted, $"no equivalence for {mark.Code} of {scheme.Country}");
            }
        }

        CheckLevel(context, level);
        return true;
    }

    private static void CheckLevel(DecisionContext context, SecurityLevel level)
    {
        var grant = context.Grant!;
        var within = level <= grant.MaxLevel;
        context.Tell("agreement.max-level", "agreement", $"{context.Input.Agreement.Id}, grant {grant.Id}", within, FactNames.NationalGrade);
        if (!within)
        {
            context.Deny(DecisionCodes.LevelTooHigh, DenialKind.NotPermitted, $"{level.ToCode()} is above {grant.MaxLevel.ToCode()}");
        }
    }
}
