using BriData.Entries.Events;
using BriData.Entries.Visibility;

namespace BriData.Entries.Tests.Visibility;

/// <summary>Every field that can stand on an agreement's ledger has its place in the table of sides.</summary>
public sealed class FieldSidesTests
{
    /// <summary>Kinds that stand only on ledgers of one country, which its regulator reads in full.</summary>
    private static readonly string[] OfOneCountry =
    [
        "country.founded", "country.issuers.put", "country.scheme.put", "rulepack.drafted", "rulepack.tested", "rulepack.approved",
        "rulepack.reinstated", "country.witnesses.put", "country.key.registered", "country.key.confirmed", "country.key.revoked",
        "agency.enrolled", "agreement.linked", "agreement.unlinked", "request.refused", "agency.put",
        "agency.suspended", "agency.resumed", "dataset.put", "totals.reserved", "totals.settled", "audit.accessed",
    ];

    public static TheoryData<string> Shared => [.. EventCatalog.AllKinds.Except(OfOneCountry)];

    [Fact]
    public void Table_Kinds_AreThoseOfAgreementsLedgers() =>
        Assert.Equal(EventCatalog.AllKinds.Except(OfOneCountry).Order(), FieldSides.Data.Keys.Order());

    [Theory]
    [MemberData(nameof(Shared))]
    public void Table_OfAKind_HasEveryMember(string kind)
    {
        var members = EventCatalog.Find(kind)!.Properties.Select(p => p.Name);
        var listed = FieldSides.Data[kind].Keys.Select(path => path.Split('/')[2]).Distinct();

        Assert.Equal(members.Order(), listed.Order());
    }

    [Theory]
    [InlineData("context.country", typeof(Contracts.Countries.CountryContext))]
    [InlineData("context.agency", typeof(Contracts.Agencies.AgencyContext))]
    public void Table_OfAContext_HasEveryMember(string kind, Type context)
    {
        var members = EventJson.Default.GetTypeInfo(context)!.Properties.Select(p => $"/data/context/{p.Name}");

        Assert.Equal(members.Order(), FieldSides.Data[kind].Keys.Order());
    }
}
