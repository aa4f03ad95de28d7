using BriData.Policy.Facts;

namespace BriData.Policy.Classification;

/// <summary>
/// What a Traffic Light Protocol 2.0 label forbids (fact sheet, section 4). The source sets the boundary, whatever the
/// transfer law says, and of the two the stricter wins. Facts that nobody states break no boundary.
/// </summary>
internal static class SharingBoundary
{
    /// <summary>Identifier of the built-in rule.</summary>
    public const string Rule = "platform.sharing-mark";

    /// <summary>What the built-in rule cites.</summary>
    public const string Citation = "Traffic Light Protocol 2.0";

    private static readonly FactDefinition Tlp = FactCatalog.Get(FactNames.Tlp);
    private static readonly string[] Audiences = ["Recipient", "RecipientOrganisation", "ClientOfRecipient", "Community", "Public"];

    /// <summary>The label that the facts state; a fact set without one has no boundary.</summary>
    public static SharingMark MarkOf(FactSet facts) =>
        facts.TryGet(FactNames.Tlp, out var label) && label.AsText() is { } code
            ? (SharingMark)Math.Max(0, Tlp.OrdinalOf(code))
            : SharingMark.Clear;

    /// <summary>How the stated audience breaks the boundary, or null.</summary>
    public static string? Problem(SharingMark sharing, FactSet facts)
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
        SharingMark.Green => 3,
        _ => 4,
    };
}
