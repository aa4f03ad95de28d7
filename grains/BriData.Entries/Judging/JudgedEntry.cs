using System.Runtime.CompilerServices;
using System.Text;
using BriData.Entries.Events;
using BriData.Entries.Rules;
using BriData.Ledger.Verification;

namespace BriData.Entries.Judging;

/// <summary>An entry before the judge.</summary>
internal sealed class JudgedEntry(LedgerEvent entry, string kind, long index, List<LedgerFinding> findings)
{
    private (string? Value, bool Read) _outcome;

    public LedgerEvent Event => entry;

    public string Kind => kind;

    public long Index => index;

    /// <summary>Who acted; only for kinds of which a person must be the actor.</summary>
    public Actor By => entry.By!;

    /// <summary>The outcome of the decision that the entry records; null without one.</summary>
    public string? Outcome => (_outcome = _outcome.Read ? _outcome : (RecordedDecision.Word(entry.Decision, "outcome"u8), true)).Value;

    /// <summary>Likewise its code.</summary>
    public string? Code => RecordedDecision.Word(entry.Decision, "code"u8);

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
