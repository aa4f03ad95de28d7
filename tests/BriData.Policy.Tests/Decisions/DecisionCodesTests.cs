using System.Reflection;
using BriData.Policy.Decisions;
using BriData.Policy.Texts;

namespace BriData.Policy.Tests.Decisions;

public sealed class DecisionCodesTests
{
    // Recorded decisions carry these texts and are compared byte for byte: a change here is a change of what was recorded.
    [Theory]
    [InlineData(DecisionCodes.Permitted, "The transfer is permitted.")]
    [InlineData(DecisionCodes.PermittedWithObligations, "The transfer is permitted; the named obligations go with it.")]
    [InlineData(DecisionCodes.ApprovalRequired, "The agreement asks for an approval of each transfer.")]
    [InlineData(DecisionCodes.HumanReviewRequired, "The law leaves the answer to a person; an approver of the country must decide.")]
    [InlineData(DecisionCodes.AgencySuspended, "An agency of this transfer is suspended by its country.")]
    [InlineData(DecisionCodes.AgreementNotValid, "The agreement is not valid on this day.")]
    [InlineData(DecisionCodes.DataSetNotCovered, "No grant of the agreement covers the data set.")]
    [InlineData(DecisionCodes.RecipientNotCovered, "No grant of the agreement lets this agency receive the data set.")]
    [InlineData(DecisionCodes.PurposeNotAgreed, "The agreement does not grant the data set to this agency for this purpose.")]
    [InlineData(DecisionCodes.MarkUnknown, "The mark of the data set is not in the classification scheme of its country.")]
    [InlineData(DecisionCodes.MarkNotRecognised, "The mark has no agreed equivalent; without one, data of this level does not travel.")]
    [InlineData(DecisionCodes.LevelTooHigh, "The level of the data is above what the grant allows.")]
    [InlineData(DecisionCodes.SharingTooNarrow, "The sharing mark of the data does not allow this audience.")]
    [InlineData(DecisionCodes.OnwardNotAllowed, "The data came from a country that does not let it be passed on there.")]
    [InlineData(DecisionCodes.QuotaExceeded, "The number of transfers that the grant allows in this year is used up.")]
    [InlineData(DecisionCodes.RulePackMissing, "A country of this transfer has no rule pack in force.")]
    [InlineData(DecisionCodes.ForbiddenByRule, "A rule forbids the transfer.")]
    [InlineData(DecisionCodes.MechanismMissing, "The law asks for a mechanism that is not on record for this transfer.")]
    [InlineData(DecisionCodes.PriorApprovalMissing, "The law asks for an authority's approval that is not on record for this transfer.")]
    [InlineData(DecisionCodes.FactMissing, "A fact that decides whether the transfer is lawful is not known.")]
    [InlineData(DecisionCodes.ConflictOfLaws, "The laws of both sides cannot be met together.")]
    public void TextOf_EveryCode_ReadsAsRecorded(string code, string text)
    {
        Assert.Equal(text, DecisionCodes.TextOf(code));
    }

    [Fact]
    public void TextOf_EveryCode_IsItsEnglishText()
    {
        Assert.All(DecisionCodes.All, code => Assert.Equal(CodeTexts.Find(CodeKind.DecisionCode, code)!["en"], DecisionCodes.TextOf(code)));
    }

    [Fact]
    public void All_Always_HoldsEveryCodeSortedAndRecordedAbove()
    {
        var declared = typeof(DecisionCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(field => field.IsLiteral)
            .Select(field => (string)field.GetRawConstantValue()!);
        var recorded = typeof(DecisionCodesTests).GetMethod(nameof(TextOf_EveryCode_ReadsAsRecorded))!
            .GetCustomAttributes<InlineDataAttribute>()
            .Select(attribute => (string)attribute.Data[0]!);

        Assert.Equal(declared.Order(StringComparer.Ordinal), DecisionCodes.All);
        Assert.Equal(recorded.Order(StringComparer.Ordinal), DecisionCodes.All);
    }
}
