using BriData.Policy.Facts;
using BriData.Policy.RulePacks;
using CsCheck;

namespace BriData.Policy.Tests.RulePacks;

public sealed class RulePackParserFuzzTests
{
    private static readonly byte[] Source = BuiltInPacks.Find("KZ")!.Yaml.ToArray();

    private static readonly string[] Signs = ["[", "{", "\n", "\t", ": ", "- ", "&a", "*a", "|", "\"", "'", "#", "---\n", "? "];

    [Fact]
    public void Parse_DamagedPack_NeverThrowsAndAlwaysTellsAPlace()
    {
        var damage =
            from at in Gen.Int[0, Source.Length - 40]
            from length in Gen.Int[0, 30]
            from bytes in Gen.OneOf(Gen.Byte.Array[0, 10], Gen.Int[0, Signs.Length - 1].Select(sign => System.Text.Encoding.UTF8.GetBytes(Signs[sign])))
            select (at, length, bytes);

        damage.Sample(change =>
        {
            byte[] damaged = [.. Source.AsSpan(0, change.at), .. change.bytes, .. Source.AsSpan(change.at + change.length)];
            var result = RulePackParser.Parse(damaged.AsMemory());
            Assert.Equal(result.Pack is null, !result.Errors.IsEmpty);
            Assert.All(result.Errors, error => Assert.True(error.Line > 0 && error.Column > 0));
            if (result.Pack is { } pack)
            {
                CompiledRulePack.Compile(pack).Evaluate(FactSet.Empty, new DateOnly(2026, 6, 15));
            }
        }, iter: 1000);
    }

    [Fact]
    public void Parse_RandomBytesAsFacts_NeverThrows()
    {
        var source = System.Text.Encoding.UTF8.GetBytes("""{"dataKind":"Personal","flows":[{"subjects":5}],"regulatorStep":"Approved(2026-01-01)","batches":[1,2]}""");
        Gen.Select(Gen.Int[0, source.Length - 10], Gen.Int[0, 9], Gen.Byte.Array[0, 6]).Sample((at, length, bytes) =>
        {
            byte[] damaged = [.. source.AsSpan(0, at), .. bytes, .. source.AsSpan(at + length)];
            var result = FactSet.Parse(damaged);
            Assert.Equal(result.Facts is null, !result.Errors.IsEmpty);
        }, iter: 20_000);
    }
}
