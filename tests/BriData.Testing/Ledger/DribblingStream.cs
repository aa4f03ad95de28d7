namespace BriData.Testing.Ledger;

/// <summary>Gives its content a few bytes at a time, as a slow sender does.</summary>
public sealed class DribblingStream(byte[] content, int atOnce) : MemoryStream(content, writable: false)
{
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        base.ReadAsync(buffer[..Math.Min(buffer.Length, atOnce)], cancellationToken);
}
