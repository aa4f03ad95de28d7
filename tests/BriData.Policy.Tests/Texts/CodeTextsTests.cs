using System.Text;
using System.Text.RegularExpressions;
using BriData.Policy.Classification;
using BriData.Policy.Decisions;
using BriData.Policy.Facts;
using BriData.Policy.Texts;

namespace BriData.Policy.Tests.Texts;

public sealed partial class CodeTextsTests
{
    private const int LongestLabel = 60;

    private static readonly CodeKind[] Sentences =
    [
        CodeKind.Outcome, CodeKind.Obligation, CodeKind.DecisionCode, CodeKind.DecisionOutcome, CodeKind.DenialKind,
        CodeKind.FactDescription,
    ];

    public static TheoryData<CodeKind> Kinds => [.. Enum.GetValues<CodeKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void All_OfAKind_AreTheCodesOfItsVocabulary(CodeKind kind)
    {
        var written = CodeTexts.All.Where(entry => entry.Kind == kind).Select(entry => entry.Code);

        Assert.Equal(CodesOf(kind).Order(StringComparer.Ordinal), written);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Find_EveryCode_HasEveryLanguageAndNoOther(CodeKind kind)
    {
        Assert.All(CodesOf(kind), code => Assert.Equal(["en", "ru", "zh-CN"], CodeTexts.Find(kind, code)!.Keys));
        Assert.Equal(["en", "ru", "zh-CN"], CodeTexts.Languages);
    }

    [Fact]
    public void All_Texts_AreWordsAndNotTheCode()
    {
        Assert.All(Lines(), line =>
        {
            Assert.False(string.IsNullOrWhiteSpace(line.Text), line.ToString());
            Assert.Equal(line.Text.Trim(), line.Text);
            Assert.False(line.Text.TrimEnd('.').Equals(line.Code, StringComparison.OrdinalIgnoreCase), line.ToString());
        });
    }

    [Fact]
    public void All_Texts_AreInTheScriptOfTheirLanguage()
    {
        Assert.All(Lines(), line =>
        {
            Assert.Equal(line.Language == "zh-CN", Chinese().IsMatch(line.Text));
            Assert.Equal(line.Language == "ru", Cyrillic().IsMatch(line.Text));
            Assert.True(line.Text.IsNormalized(NormalizationForm.FormC), line.ToString());
        });
    }

    [Fact]
    public void All_Sentences_EndInAFullStopAndNamesDoNot()
    {
        Assert.All(Lines(), line =>
        {
            var stop = line.Language == "zh-CN" ? '。' : '.';
            Assert.True(line.Text.EndsWith(stop) == Sentences.Contains(line.Kind), line.ToString());
        });
    }

    [Fact]
    public void All_TextsOfAKind_TellItsCodesApart()
    {
        var doubled = Lines()
            .GroupBy(line => (line.Kind, line.Language, line.Text))
            .Where(group => group.Count() > 1)
            .Select(group => string.Join(" = ", group.Select(line => line.Code)));

        Assert.Empty(doubled);
    }

    [Fact]
    public void All_Labels_AreShort()
    {
        Assert.All(Lines().Where(line => line.Kind == CodeKind.FactLabel), line => Assert.True(line.Text.Length <= LongestLabel, line.ToString()));
    }

    [Theory]
    [InlineData("FILE_CONTRACT_10WD_IF_CONTRACT_ROUTE", "ten working days", "十个工作日", "десяти рабочих дней")]
    [InlineData("WAIT_10WD", "ten working days", "十个工作日", "десять рабочих дней")]
    [InlineData("NOTIFY_AUTHORITY_5BD", "five business days", "五个工作日", "пяти рабочих дней")]
    [InlineData("BREACH_NOTICE_1WD", "one working day", "一个工作日", "одного рабочего дня")]
    [InlineData("TRANSFER_DOSSIER_60D", "60 days", "60日", "60 дней")]
    [InlineData("REPORT_15D", "15 days", "15日", "15 дней")]
    [InlineData("UPDATE_6_MONTHS_IF_CHANGED", "six months", "六个月", "шесть месяцев")]
    [InlineData("RESULT_VALID_3Y", "three years", "三年", "три года")]
    [InlineData("RESULT_VALID_2Y", "two years", "二年", "два года")]
    [InlineData("CERTIFICATE_VALID_3Y", "three years", "三年", "три года")]
    public void Find_ObligationWithATerm_SaysTheTerm(string code, string english, string chinese, string russian)
    {
        var texts = CodeTexts.Find(CodeKind.Obligation, code)!;

        Assert.Contains(english, texts["en"], StringComparison.Ordinal);
        Assert.Contains(chinese, texts["zh-CN"], StringComparison.Ordinal);
        Assert.Contains(russian, texts["ru"], StringComparison.Ordinal);
    }

    [Fact]
    public void Find_FactDescriptionInEnglish_IsThatOfTheCatalogue()
    {
        Assert.All(FactCatalog.All, fact => Assert.Equal(fact.Description, CodeTexts.Find(CodeKind.FactDescription, fact.Name)!["en"]));
    }

    [Theory]
    [InlineData(CodeKind.Outcome, "exempt")]
    [InlineData(CodeKind.Outcome, "SCC")]
    [InlineData(CodeKind.FactLabel, "legalBasis")]
    [InlineData(CodeKind.PersonalCategory, "None")]
    [InlineData(CodeKind.Purpose, "")]
    [InlineData((CodeKind)99, "SCC")]
    public void Find_NotACodeOfTheKind_IsNull(CodeKind kind, string code)
    {
        Assert.Null(CodeTexts.Find(kind, code));
    }

    private static IEnumerable<string> CodesOf(CodeKind kind) => kind switch
    {
        CodeKind.Outcome => Vocabulary.Outcomes,
        CodeKind.Mechanism => Vocabulary.Mechanisms,
        CodeKind.Obligation => Vocabulary.Obligations,
        CodeKind.Purpose => Vocabulary.Purposes,
        CodeKind.DecisionCode => DecisionCodes.All,
        CodeKind.DecisionOutcome => Enum.GetNames<DecisionOutcome>(),
        CodeKind.DenialKind => Enum.GetNames<DenialKind>(),
        CodeKind.PersonalCategory => Enum.GetNames<PersonalCategories>().Except([nameof(PersonalCategories.None)]),
        CodeKind.SecrecyLevel => Enum.GetValues<SecurityLevel>().Select(level => level.ToCode()),
        CodeKind.EconomicGrade => Enum.GetNames<EconomicGrade>(),
        CodeKind.FactLabel or CodeKind.FactDescription => FactCatalog.All.Select(fact => fact.Name),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private static IEnumerable<Line> Lines() =>
        CodeTexts.All.SelectMany(entry => entry.Texts.Select(text => new Line(entry.Kind, entry.Code, text.Key, text.Value)));

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}")]
    private static partial Regex Chinese();

    [GeneratedRegex(@"\p{IsCyrillic}")]
    private static partial Regex Cyrillic();

    private sealed record Line(CodeKind Kind, string Code, string Language, string Text);
}
