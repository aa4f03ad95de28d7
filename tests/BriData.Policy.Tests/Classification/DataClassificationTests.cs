using BriData.Policy.Classification;
using CsCheck;

namespace BriData.Policy.Tests.Classification;

public sealed class DataClassificationTests
{
    private static readonly Gen<DataClassification> Values =
        from level in Gen.Int[0, 5]
        from grade in Gen.Int[0, 2]
        from categories in Gen.Int[0, (1 << 13) - 1]
        from sharing in Gen.Int[0, 4]
        select new DataClassification((SecurityLevel)level, (EconomicGrade)grade, (PersonalCategories)categories, (SharingMark)sharing);

    [Fact]
    public void Join_Always_IsALeastUpperBound()
    {
        Gen.Select(Values, Values, Values).Sample((a, b, c) =>
        {
            var join = a.Join(b);
            Assert.True(join.Covers(a) && join.Covers(b));
            Assert.True(!(c.Covers(a) && c.Covers(b)) || c.Covers(join));
            Assert.Equal(join, b.Join(a));
            Assert.Equal(a.Join(b).Join(c), a.Join(b.Join(c)));
            Assert.Equal(a, a.Join(a));
            Assert.Equal(a, a.Join(DataClassification.Least));
        });
    }

    [Fact]
    public void CompareTo_Always_IsAPartialOrder()
    {
        Gen.Select(Values, Values, Values).Sample((a, b, c) =>
        {
            Assert.Equal(0, a.CompareTo(a));
            Assert.Equal(a.CompareTo(b), -b.CompareTo(a));
            Assert.True(a.CompareTo(b) != 0 || a == b);
            Assert.True(!(a.Covers(b) && b.Covers(c)) || a.Covers(c));
        });
    }

    [Fact]
    public void CompareTo_OtherAxes_AreNotComparable()
    {
        var secret = new DataClassification(SecurityLevel.Secret, EconomicGrade.General, PersonalCategories.None, SharingMark.Clear);
        var core = new DataClassification(SecurityLevel.Open, EconomicGrade.Core, PersonalCategories.None, SharingMark.Clear);

        Assert.Null(secret.CompareTo(core));
    }
}
