namespace BriData.Policy.Decisions;

/// <summary>Why a denial is a denial.</summary>
public enum DenialKind
{
    /// <summary>A rule says no.</summary>
    Forbidden,

    /// <summary>No rule says yes.</summary>
    NotPermitted,

    /// <summary>Two laws cannot both be met.</summary>
    ConflictOfLaws,

    /// <summary>A fact is missing; <see cref="Decision.Missing"/> names it.</summary>
    Indeterminate,
}
