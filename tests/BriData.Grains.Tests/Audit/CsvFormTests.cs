using System.Text;
using BriData.Grains.Audit;
using BriData.Ledger;
using BriData.Ledger.Audit;
using BriData.Ledger.Storage;

namespace BriData.Grains.Tests.Audit;

/// <summary>Whatever stands in an entry, a spreadsheet shows it and runs nothing.</summary>
public sealed class CsvFormTests
{
    [Theory]
    [InlineData("=1+1", "\"'=1+1\"")]
    [InlineData("+1", "\"'+1\"")]
    [InlineData("-1", "\"'-1\"")]
    [InlineData("@SUM(A1)", "\"'@SUM(A1)\"")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"a\"", "\"say \"\"a\"\"\"")]
    [InlineData("two\r\nlines", "\"two\r\nlines\"")]
    [InlineData("plain", "plain")]
    public async Task Cell_WithWhatASpreadsheetWouldInterpret_IsQuotedOrEscaped(string officer, string cell)
    {
        using var form = new CsvForm();
        form.Begin();

        var row = Encoding.UTF8.GetString(await form.EntryAsync(Entry(officer), TestContext.Current.CancellationToken));

        Assert.EndsWith($",{cell}\r\n", row, StringComparison.Ordinal);
        Assert.Equal(1, form.Entries);
    }

    private static ShownEntry Entry(string officer) => new(
        new AuditRecord
        {
            Ledger = LedgerId.Parse("country/KZ"),
            Index = 4,
            At = DateTimeOffset.UnixEpoch,
            Kind = "sample",
            Parties = ["KZ"],
            Officer = officer,
        },
        new StoredEntry(4, default, default, default),
        null);
}
