using System.Text.RegularExpressions;
using BriData.Ledger.Notes;

namespace BriData.Cli.Tests.Documents;

/// <summary>Each line of the README and the runbooks that begins with <c>bridata</c> is one that the command takes.</summary>
public sealed partial class CommandLineTests
{
    public static TheoryData<string> Lines => [.. Documents().SelectMany(f => File.ReadAllLines(f)).Select(l => l.Trim()).Where(l => l.StartsWith("bridata ", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Lines))]
    public void Line_AsPrinted_Parses(string line)
    {
        using var signer = CheckpointSigner.Derive(new byte[32], "log.example/agreement/cn-kz-customs");
        using var witness = new CosignatureSigner("witness.example", new byte[32]);
        var filled = Blank().Replace(Comment().Replace(line, ""), "x").Replace("$KEY", signer.VerifierKey, StringComparison.Ordinal).Replace("$WITNESS", witness.VerifierKey, StringComparison.Ordinal);

        var parsed = BriDataCommand.Create(new Surroundings(TextWriter.Null, TextWriter.Null, _ => null)).Parse(filled["bridata ".Length..]);

        Assert.Empty(parsed.Errors.Select(e => e.Message));
        Assert.NotSame(parsed.RootCommandResult, parsed.CommandResult);
    }

    private static IEnumerable<string> Documents()
    {
        var root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "BriData.sln")))
        {
            root = Path.GetDirectoryName(root) ?? throw new InvalidOperationException("These tests are not below a folder with BriData.sln.");
        }

        return [Path.Combine(root, "README.md"), .. Directory.GetFiles(Path.Combine(root, "infra", "runbooks"), "*.md").Order(StringComparer.Ordinal)];
    }

    [GeneratedRegex("<[^>]+>")]
    private static partial Regex Blank();

    [GeneratedRegex("\\s+#.*$")]
    private static partial Regex Comment();
}
