using System.Text;
using BriData.Policy.Texts;

namespace BriData.Policy.Tests.Texts;

public sealed class CodeTextReaderTests
{
    private const string Empty = """
        mechanisms: {}
        obligations: {}
        purposes: {}
        decisionCodes: {}
        decisionOutcomes: {}
        denialKinds: {}
        personalCategories: {}
        secrecyLevels: {}
        economicGrades: {}

        """;

    [Fact]
    public void Read_LabelAndDescription_AreTwoTexts()
    {
        var texts = Read("outcomes: {A: {en: a}}\nfacts: {f: {label: {en: b}, description: {en: c}}}\n");

        Assert.Equal(
            [(CodeKind.Outcome, "A", "a"), (CodeKind.FactLabel, "f", "b"), (CodeKind.FactDescription, "f", "c")],
            texts.Select(text => (text.Kind, text.Code, text.Texts["en"])));
    }

    [Theory]
    [InlineData("facts: {}\n", "missing")]
    [InlineData("outcomes: {}\nfacts: {}\nothers: {}\n", "not known")]
    [InlineData("outcomes: {A: {en: a}, A: {en: b}}\nfacts: {}\n", "twice")]
    [InlineData("outcomes: {A: {ru: a}}\nfacts: {}\n", "English")]
    [InlineData("outcomes: {A: {en: ''}}\nfacts: {}\n", "text of 1")]
    [InlineData("outcomes: [A]\nfacts: {}\n", "mapping")]
    [InlineData("outcomes: {}\nfacts: {f: {label: {en: b}}}\n", "missing")]
    [InlineData("outcomes: {}\nfacts: {f: {label: {en: b}, description: {en: c}, more: {en: d}}}\n", "not known")]
    public void Read_FaultyDocument_ThrowsNamingTheFault(string rest, string fault)
    {
        var exception = Assert.Throws<InvalidDataException>(() => Read(rest));

        Assert.Contains(fault, exception.Message, StringComparison.Ordinal);
    }

    private static IReadOnlyList<CodeText> Read(string rest) => CodeTextReader.Read(Encoding.UTF8.GetBytes(Empty + rest));
}
