namespace BriData.Ledger.Canonical;

/// <summary>A growing byte buffer whose end can be moved back.</summary>
internal sealed class JcsBuffer(int capacity)
{
    private byte[] _bytes = new byte[Math.Max(capacity, 16)];

    public int Length { get; set; }

    public Span<byte> Written => _bytes.AsSpan(0, Length);

    public void Write(byte value)
    {
        Grow(1);
        _bytes[Length++] = value;
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(GetSpan(bytes.Length));
        Length += bytes.Length;
    }

    /// <summary>Room for so many bytes behind the end, or more.</summary>
    public Span<byte> GetSpan(int size)
    {
        Grow(size);
        return _bytes.AsSpan(Length);
    }

    /// <summary>Takes in what was written to <see cref="GetSpan"/>.</summary>
    public void Advance(int count) => Length += count;

    private void Grow(int size)
    {
        var needed = checked(Length + size);
        if (needed > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(needed, _bytes.Length * 2));
        }
    }
}
