namespace BriData.Storage.Sqlite.Audit;

/// <summary>A set of countries: its number, and what stands before its words in the full-text index.</summary>
internal sealed record Audience(long Id, string WordPrefix);
