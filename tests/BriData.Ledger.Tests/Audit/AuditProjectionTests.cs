using System.Text;
using BriData.Ledger.Audit;
using BriData.Ledger.Merkle;
using BriData.Ledger.Storage;
using static BriData.Testing.Ledger.LedgerSamples;

namespace BriData.Ledger.Tests.Audit;

public sealed class AuditProjectionTests
{
    [Fact]
    public void Read_GoldenEntry_GivesEveryField()
    {
        var record = Read(GoldenFiles.Text("entry.json"));

        Assert.Equal((SampleLedger, 7), (record.Ledger, record.Index));
        Assert.Equal(new DateTimeOffset(2026, 6, 15, 8, 0, 0, 250, TimeSpan.Zero), record.At);
        Assert.Equal(TimeSpan.Zero, record.At.Offset);
        Assert.Equal("transfer.requested", record.Kind);
        Assert.Equal(["CN", "KZ"], record.Parties);
        Assert.Equal(["CN/customs", "KZ/customs"], record.Agencies);
        Assert.Equal(("cn-kz-customs", "cn-kz-customs:42", "CN/customs/declarations"), (record.Agreement, record.Transfer, record.DataSet));
        Assert.Equal("PermitWithObligations", record.Outcome);
        Assert.Equal(["CN:dsl-36", "agreement:t-1"], record.Rules);
        Assert.Equal(["DELETE_AFTER", "LOG_ACCESS"], record.Obligations);
        Assert.Equal("7f3a", record.Officer);
        Assert.Equal(
            "transfer.requested cn-kz-customs cn-kz-customs:42 CN/customs/declarations CN/customs KZ/customs BRI1001 Zweck \"Außenhandel\" – 海关\n\u0001\u007f😀",
            record.Text);
    }

    [Fact]
    public void Read_OnlyRequiredMembers_LeavesTheRestEmpty()
    {
        var record = Read("""{"at":"2026-06-15T08:00:00Z","by":{},"decision":null,"kind":"country.registered","parties":["KZ","CN","KZ"],"v":1,"x":[1]}""");

        Assert.Equal(["CN", "KZ"], record.Parties);
        Assert.Empty(record.Agencies);
        Assert.Empty(record.Rules);
        Assert.Empty(record.Obligations);
        Assert.Null(record.Agreement ?? record.Transfer ?? record.DataSet ?? record.Outcome ?? record.Officer);
        Assert.Equal("country.registered", record.Text);
    }

    [Theory]
    [InlineData("""{"agency":"customs","country":"KZ"}""", "KZ/customs")]
    [InlineData("""{"agency":"KZ/customs","country":"KZ"}""", "KZ/customs")]
    [InlineData("""{"agency":"KZ/customs"}""", "KZ/customs")]
    public void Read_ActorsAgency_IsNamedWhole(string by, string agency) =>
        Assert.Equal([agency], Read($$"""{"at":"2026-06-15T08:00:00Z","by":{{by}},"kind":"k","parties":[],"v":1}""").Agencies);

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("not json")]
    [InlineData("""{"at":"2026-06-15T08:00:00Z","kind":"k","parties":[]}""")]
    [InlineData("""{"at":"2026-06-15T08:00:00Z","kind":"k","parties":[],"v":2}""")]
    [InlineData("""{"at":"2026-06-15T08:00:00Z","kind":"k","parties":[],"v":"1"}""")]
    [InlineData("""{"at":"2026-06-15T08:00:00Z","parties":[],"v":1}""")]
    [InlineData("""{"at":"2026-06-15T08:00:00Z","kind":1,"parties":[],"v":1}""")]
    [InlineData("""{"at":"2026-06-15T08:00:00Z","kind":"k","v":1}""")]
    [InlineData("""{"at":"2026-06-15T08:00:00Z","kind":"k","parties":[1],"v":1}""")]
    [InlineData("""{"kind":"k","parties":[],"v":1}""")]
    [InlineData("""{"at":"2026-06-15T08:00:00+05:00","kind":"k","parties":[],"v":1}""")]
    [InlineData("""{"at":"2026-06-15","kind":"k","parties":[],"v":1}""")]
    [InlineData("""{"at":"2026-13-15T08:00:00Z","kind":"k","parties":[],"v":1}""")]
    [InlineData("""{"agreement":{},"at":"2026-06-15T08:00:00Z","kind":"k","parties":[],"v":1}""")]
    [InlineData("""{"at":"2026-06-15T08:00:00Z","decision":{"rules":[{"result":"matched"}]},"kind":"k","parties":[],"v":1}""")]
    [InlineData("""{"at":"2026-06-15T08:00:00Z","decision":{"rules":["r"]},"kind":"k","parties":[],"v":1}""")]
    public void Read_Malformed_NamesLedgerAndIndex(string json)
    {
        var refusal = Assert.Throws<FormatException>(() => Read(json));

        Assert.Contains($"Entry 7 of {SampleLedger}", refusal.Message, StringComparison.Ordinal);
    }

    private static AuditRecord Read(string json)
    {
        var body = Encoding.UTF8.GetBytes(json);
        return AuditProjection.Read(SampleLedger, new StoredEntry(7, body, MerkleHash.Leaf(body), default));
    }
}
