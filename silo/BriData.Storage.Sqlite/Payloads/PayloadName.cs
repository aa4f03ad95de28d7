namespace BriData.Storage.Sqlite.Payloads;

/// <summary>What names a payload in its store.</summary>
/// <param name="Jurisdiction">Where it rests.</param>
/// <param name="Reference">Its reference there.</param>
public readonly record struct PayloadName(string Jurisdiction, string Reference);
