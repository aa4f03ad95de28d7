namespace BriData.Policy.Classification;

/// <summary>A step of the neutral secrecy ladder onto which national marks are mapped. Ordered: a higher value is stricter.</summary>
public enum SecurityLevel
{
    Open = 0,
    Internal = 1,
    Restricted = 2,
    Confidential = 3,
    Secret = 4,
    Top = 5,
}
