using System.Text;

namespace BriData.Ledger.Tests;

/// <summary>Files under Golden/, each made by an independent implementation (see its use). They never change.</summary>
internal static class GoldenFiles
{
    public static byte[] Bytes(string name) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Golden", name));

    public static string Text(string name) => Encoding.UTF8.GetString(Bytes(name));
}
