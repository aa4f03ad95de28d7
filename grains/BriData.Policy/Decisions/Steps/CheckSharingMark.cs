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
            : SharingBoundary.Problem(sharing, facts);
        context.Tell(SharingBoundary.Rule, "platform", SharingBoundary.Citation, problem is null, FactNames.Tlp);
        if (problem is not null)
        {
            context.Deny(DecisionCodes.SharingTooNarrow, DenialKind.Forbidden, problem);
        }

        return true;
    }

    private static bool NamesRecipient(Grant grant, string agency) => grant.Importers.Contains(agency, StringComparer.Ordinal);
}
