using BriData.Policy.RulePacks;

namespace BriData.Policy.Decisions;

/// <summary>Which mechanisms on record count for one law on one day.</summary>
internal static class MechanismRecords
{
    public static List<MechanismRecord> InForce(DecisionInput input, PartyInput party, RulePack pack)
    {
        var records = new List<MechanismRecord>();
        foreach (var record in input.Agreement.Mechanisms)
        {
            if (IsUnder(record.Jurisdiction, party, pack)
                && record.From <= input.EventDate
                && (record.Until is not { } last || input.EventDate <= last)
                && HoldsByLaw(record, pack, input.EventDate))
            {
                records.Add(record);
            }
        }

        return records;
    }

    // A record under CN-GBA is one under CN law; a record under DE counts where the pack is that of the EU.
    private static bool IsUnder(string jurisdiction, PartyInput party, RulePack pack) =>
        jurisdiction == pack.Jurisdiction
        || jurisdiction == party.Country
        || jurisdiction.StartsWith(pack.Jurisdiction + "-", StringComparison.Ordinal);

    private static bool HoldsByLaw(MechanismRecord record, RulePack pack, DateOnly day)
    {
        foreach (var term in pack.MechanismTerms)
        {
            if (term.Mechanism == record.Code
                && term.ValidYears is { } years
                && term.IsInForce(day)
                && record.From.Year + years < DateOnly.MaxValue.Year
                && day > record.From.AddYears(years))
            {
                return false;
            }
        }

        return true;
    }
}
