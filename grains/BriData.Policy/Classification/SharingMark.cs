namespace BriData.Policy.Classification;

/// <summary>Traffic Light Protocol 2.0 label (FIRST, August 2022). Ordered: a higher value is a narrower audience.</summary>
public enum SharingMark
{
    Clear = 0,
    Green = 1,
    Amber = 2,
    AmberStrict = 3,
    Red = 4,
}
