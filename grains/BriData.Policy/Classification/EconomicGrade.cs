namespace BriData.Policy.Classification;

/// <summary>
/// Economy-wide grade of data, an axis of its own beside secrecy (CN: DSL art. 21, GB/T 43697-2024; VN: Law 60/2024).
/// Ordered: a higher value is stricter.
/// </summary>
public enum EconomicGrade
{
    General = 0,
    Important = 1,
    Core = 2,
}
