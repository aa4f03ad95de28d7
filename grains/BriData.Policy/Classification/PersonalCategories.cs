namespace BriData.Policy.Classification;

/// <summary>The set of personal-data categories a data set or field holds. <see cref="None"/> means no personal data.</summary>
[Flags]
public enum PersonalCategories
{
    None = 0,
    General = 1 << 0,
    Sensitive = 1 << 1,
    Biometric = 1 << 2,
    Genetic = 1 << 3,
    Health = 1 << 4,
    Financial = 1 << 5,
    PreciseLocation = 1 << 6,
    ChildUnder14 = 1 << 7,
    Child = 1 << 8,
    Criminal = 1 << 9,
    TelecomSubscriber = 1 << 10,
    Employee = 1 << 11,
    JobApplicant = 1 << 12,
}
