namespace BriData.Ledger.Audit;

/// <summary>A part of a text.</summary>
/// <param name="Text">Its letters and digits, in lower case.</param>
/// <param name="IsWithPrevious">Whether no white space stands between the part before and this one.</param>
public readonly record struct AuditWord(string Text, bool IsWithPrevious);
