using Microsoft.Win32.SafeHandles;

namespace BriData.Storage.Sqlite.Ledgers;

/// <summary>Writes into the mark's file; <see cref="RandomAccess.Write(SafeFileHandle, ReadOnlySpan{byte}, long)"/> unless a test says otherwise.</summary>
internal delegate void MarkWrite(SafeFileHandle file, ReadOnlySpan<byte> bytes, long offset);
