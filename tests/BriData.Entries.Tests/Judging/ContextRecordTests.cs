using BriData.Contracts.Countries;
using BriData.Entries.Agreements;
using BriData.Entries.Judging;
using BriData.Entries.Tests.Events;
using BriData.Ledger;

namespace BriData.Entries.Tests.Judging;

/// <summary>A country tells the rule packs that govern now or later, and leaves out those that nothing looks at any more.</summary>
public sealed class ContextRecordTests
{
    private static readonly PackInForce First = Pack("1", 2024);
    private static readonly PackInForce Second = Pack("2", 2025);
    private static readonly PackInForce Later = Pack("3", 2030);
    private static readonly PackInForce OfAPart = Pack("1", 2024) with { Part = "KZ-AIFC" };

    [Fact]
    public void Compare_PacksThatNoDayLooksAtLeftOut_IsTheSame()
    {
        Assert.Empty(Compare([First, Second, Later], [Second, Later]));
        Assert.Empty(Compare([First, Second, Later], [First, Second, Later]));
        Assert.Empty(Compare([Second, First with { InForceFrom = Second.InForceFrom }, Second], [Second]));
        Assert.Empty(Compare([], []));
    }

    [Fact]
    public void Compare_APackThatGovernsLeftOutOrAnotherOrder_Differs()
    {
        Assert.Equal("packs", Assert.Single(Compare([First, Second, Later], [First, Later])));
        Assert.Equal("packs", Assert.Single(Compare([First, Second, Later], [Second])));
        Assert.Equal("packs", Assert.Single(Compare([First, Second], [])));
        Assert.Equal("packs", Assert.Single(Compare([First, OfAPart, Second], [Second])));
        Assert.Equal("packs", Assert.Single(Compare([First, Second], [Second, First])));
        Assert.Equal("packs", Assert.Single(Compare([First], [First, Second])));
        Assert.Equal("packs", Assert.Single(Compare([Second, First with { InForceFrom = Second.InForceFrom }], [Second])));
    }

    private static IEnumerable<string> Compare(PackInForce[] said, PackInForce[] told)
    {
        var context = ((CountryContextTaken)EventSamples.All().First(e => e.Data is CountryContextTaken).Data).Context;
        var sample = EventSamples.All().First(e => e.Data is CountryContextTaken) with { At = new DateTimeOffset(2026, 6, 15, 8, 0, 0, TimeSpan.Zero) };
        var record = new ContextRecord();
        record.Says(context with { Packs = [.. said] });
        record.Tells(LedgerId.Parse("agreement/cn-kz-customs"), new JudgedEntry(sample, "context.country", 7, []), context with { Packs = [.. told] });
        record.Ends(context.Country, context.AsOf);
        return record.Compare().Select(d => d.Finding.Message.Split("otherwise: ")[1].TrimEnd('.'));
    }

    private static PackInForce Pack(string version, int year) => new(version, new string('a', 64), new DateOnly(year, 1, 1), null);
}
