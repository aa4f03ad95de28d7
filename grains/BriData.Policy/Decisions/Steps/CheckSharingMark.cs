using BriData.Policy.Classification;
using BriData.Policy.Facts;

namespace BriData.Policy.Decisions.Steps;

/// <summary>
/// Traffic Light Protocol 2.0 (fact sheet, section 4): the source sets the boundary, and a recipient who wants to share
/// more widely must ask the source. RED goes to named recipients only, so a grant to "any agency of" a country does
/// not carry it; RED and AMBER+STRICT are not passed on.
/// </summary>
internal sealed class CheckSharingMark : DecisionStep
{
    private static readonly string[] Audiences = ["Recipient", "RecipientOrganisation", "ClientOfRecipient", "Community", "Public"];

    public override bool Take(DecisionContext context)
    {
        var sharing = context.Input.DataSet.Sharing;
        if (sharing == SharingMark.Clear)
        {
            return true;
        }

        var facts = TransferFacts.Common(context);
        var problem = sharing == SharingMark.Red && !NamesRecipient(context.Grant!, context.Input.Importer.Agency)
            ? "TLP:RED needs a grant that names the recipient"
            : Problem(sharing, facts);
        context.Tell("platform.sharing-mark", "platform", "Traffic Light Protocol 2.0", problem is null, FactNames.Tlp);
        if (problem is not null)
        {
            context.Deny(DecisionCodes.SharingTooNarrow, DenialKind.Forbidden, problem);
        }

        return true;
    }

    private static string? Problem(SharingMark sharing, FactSet facts)
    {
        if (facts.TryGet("audience", out var audience) && Array.IndexOf(Audiences, audience.AsText()) > WidestAudience(sharing))
        {
            return $"an audience of {audience.AsText()} is wider than the mark allows";
        }

        if (sharing >= SharingMark.Amber && facts.TryGet("needToKnow", out var needed) && needed.AsBoolean() == false)
        {
            return "the mark allows only readers who need to know";
        }

        if (sharing == SharingMark.Red && facts.TryGet("recipientNamed", out var named) && named.AsBoolean() == false)
        {
            return "TLP:RED needs named recipients";
        }

        if (sharing >= SharingMark.AmberStrict && facts.TryGet("onwardTransferTo", out var onward) && onward.AsText() != FactDefinition.NoneCode)
        {
            return "the mark does not allow passing the data on";
        }

        return null;
    }

    private static int WidestAudience(SharingMark sharing) => sharing switch
    {
        SharingMark.Red => 0,
        SharingMark.AmberStrict => 1,
        SharingMark.Amber => 2,
        _ => 3,
    };

    private static bool NamesRecipient(Grant grant, string agency) => grant.Importers.Contains(agency, StringComparer.Ordinal);
}
