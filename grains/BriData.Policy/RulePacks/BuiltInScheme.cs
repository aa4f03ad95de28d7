namespace BriData.Policy.RulePacks;

/// <summary>A classification scheme that ships with the library.</summary>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
/// <param name="Json">The document.</param>
public sealed record BuiltInScheme(string Country, ReadOnlyMemory<byte> Json);
