using BriData.Policy.RulePacks.Compilation;

namespace BriData.Policy.Decisions;

/// <summary>Reads one side's pack for a transfer. A side without a pack in force is denied: no law known is not no law.</summary>
internal static class LawReader
{
    public static LawReading? Read(DecisionContext context, PartyInput party, bool asImporter)
    {
        if (party.Pack is not { } pack)
        {
            context.Tell("platform.rule-pack", "platform", party.Country, matched: false);
            context.Deny(DecisionCodes.RulePackMissing, DenialKind.NotPermitted, party.Country);
            return null;
        }

        var records = MechanismRecords.InForce(context.Input, party, pack.Pack);
        var facts = TransferFacts.For(context, records, asImporter);
        var evaluation = pack.Evaluator.Evaluate(facts, context.Input.EventDate, EvaluationMode.Transfer);
        if (context.Tells)
        {
            context.Tell(TraceBuilder.Build(pack.Evaluator, evaluation, context.Input.EventDate, EvaluationMode.Transfer).Rules);
        }

        records.RemoveAll(record => !pack.Evaluator.IsUsable(record.Code, facts, context.Input.EventDate));
        return new LawReading(party, pack, evaluation, records);
    }
}
