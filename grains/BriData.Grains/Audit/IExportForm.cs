namespace BriData.Grains.Audit;

/// <summary>One file format of an export.</summary>
internal interface IExportForm : IDisposable
{
    /// <summary>Entries written.</summary>
    long Entries { get; }

    /// <summary>SHA-256 of what was written, lower hex.</summary>
    string Sha256 { get; }

    byte[] Begin();

    ValueTask<byte[]> EntryAsync(ShownEntry entry, CancellationToken cancellationToken);

    byte[] End();
}
