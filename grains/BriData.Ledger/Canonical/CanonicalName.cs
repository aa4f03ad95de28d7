namespace BriData.Ledger.Canonical;

/// <summary>A member's name that is written often, with its form made once. Safe for concurrent use.</summary>
public sealed class CanonicalName
{
    private readonly byte[] _written;

    /// <param name="text">The name.</param>
    /// <exception cref="ArgumentException">It holds half of a surrogate pair.</exception>
    public CanonicalName(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Text = text;
        var buffer = new JcsBuffer(text.Length + 3);
        if (!JcsString.TryWrite(buffer, text))
        {
            throw new ArgumentException("The name holds half of a surrogate pair.", nameof(text));
        }

        buffer.Write((byte)':');
        _written = buffer.Written.ToArray();
    }

    /// <summary>The name as it reads.</summary>
    public string Text { get; }

    /// <summary>The name as it is written, with the colon behind it.</summary>
    internal ReadOnlySpan<byte> Written => _written;
}
