using BriData.Policy.Classification;

namespace BriData.Policy.Decisions;

/// <summary>All parties recognise <paramref name="Country"/>'s <paramref name="Mark"/> as <paramref name="Level"/>.</summary>
/// <param name="Country">The country whose mark is recognised.</param>
/// <param name="Mark">The mark as written in that country's classification scheme.</param>
/// <param name="Level">The neutral level; never below the level the country itself gives the mark.</param>
/// <param name="From">First day.</param>
/// <param name="Until">Last day, inclusive; null while open-ended.</param>
public sealed record Recognition(string Country, string Mark, SecurityLevel Level, DateOnly From, DateOnly? Until);
