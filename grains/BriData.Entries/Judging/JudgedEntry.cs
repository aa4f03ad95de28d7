using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using BriData.Entries.Events;
using BriData.Ledger.Verification;

namespace BriData.Entries.Judging;

/// <summary>An entry before the judge.</summary>
internal sealed class JudgedEntry(LedgerEvent entry, string kind, long index, List<LedgerFinding> findings)
{
    private (string? Outcome, string? Code)? _words;

    public LedgerEvent Event => entry;

    public string Kind => kind;

    public long Index => index;

    /// <summary>Who acted; only for kinds of which a person must be the actor.</summary>
    public Actor By => entry.By!;

    /// <summary>The outcome of the decision that the entry records; null without one.</summary>
    public string? Outcome => (_words ??= Words()).Outcome;

    /// <summary>Likewise its code.</summary>
    public string? Code => (_words ??= Words()).Code;

    /// <summary>Day of the act, UTC.</summary>
    public DateOnly Day => DateOnly.FromDateTime(entry.At.UtcDateTime);

    /// <summary>Records a finding unless the condition holds; the text is written only then.</summary>
    /// <returns>The condition.</returns>
    public bool Require(bool holds, string code, [InterpolatedStringHandlerArgument(nameof(holds))] ref FindingText message)
    {
        if (!holds)
        {
            Find(code, message.ToString());
        }

        return holds;
    }

    /// <inheritdoc cref="Require(bool, string, ref FindingText)"/>
    public bool Require(bool holds, string code, string message)
    {
        if (!holds)
        {
            Find(code, message);
        }

        return holds;
    }

    private (string? Outcome, string? Code) Words()
    {
        if (entry.Decision.IsEmpty)
        {
            return default;
        }

        using var decision = JsonDocument.Parse(entry.Decision);
        return (Word(decision, "outcome"), Word(decision, "code"));
    }

    private static string? Word(JsonDocument decision, string member) =>
        decision.RootElement.TryGetProperty(member, out var word) ? word.GetString() : null;

    public void Find(string code, string message) => findings.Add(new LedgerFinding(code, index, null, message, kind));
}

/// <summary>A text that is written only when a condition does not hold.</summary>
[InterpolatedStringHandler]
internal readonly ref struct FindingText
{
    private readonly StringBuilder? _text;

    public FindingText(int literalLength, int formattedCount, bool holds, out bool write)
    {
        write = !holds;
        _text = write ? new StringBuilder(literalLength + (formattedCount * 8)) : null;
    }

    public void AppendLiteral(string text) => _text!.Append(text);

    public void AppendFormatted<T>(T value, string? format = null) => _text!.Append(value is IFormattable f ? f.ToString(format, System.Globalization.CultureInfo.InvariantCulture) : value?.ToString());

    public override string ToString() => _text?.ToString() ?? "";
}
