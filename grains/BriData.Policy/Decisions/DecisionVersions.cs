namespace BriData.Policy.Decisions;

/// <summary>Versions of everything a decision consulted.</summary>
public sealed record DecisionVersions(
    int Agreement,
    int DataSet,
    string? Scheme,
    string? ExporterPack,
    string? ImporterPack,
    string Engine);
