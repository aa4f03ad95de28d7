using BriData.Cli.Platform;
using BriData.Ledger.Mirroring;

namespace BriData.Cli.Verifying;

/// <summary>
/// The ledgers that an argument names. What kind of input it is is recognised here and nowhere else: the address of a platform
/// or of a ledger, the folder of a ledger, or a folder of such folders.
/// </summary>
internal sealed class LedgerInputs : IDisposable
{
    private readonly List<PlatformResources> _platforms = [];

    /// <summary>The sources that an argument names, in a fixed order; at least one.</summary>
    /// <param name="input">An address or a folder.</param>
    /// <param name="connect">Opens a platform; called only for an address.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="CommandException">It is none of these, or the platform cannot be read.</exception>
    public async Task<IReadOnlyList<ILedgerSource>> RecogniseAsync(string input, Func<Uri, PlatformResources> connect, CancellationToken cancellationToken)
    {
        if (LedgerAddress.TryParse(input, out var address))
        {
            var platform = connect(address.Platform);
            _platforms.Add(platform);
            return address.Ledger is { } one ? [new HttpLedgerSource(platform, one)] : await AllAsync(platform, cancellationToken);
        }

        if (!Directory.Exists(input))
        {
            throw new CommandException(ExitCodes.Usage, $"'{input}' is neither a folder nor an http or https address.");
        }

        return Folders(input);
    }

    /// <summary>The one ledger that an argument names.</summary>
    /// <inheritdoc cref="RecogniseAsync"/>
    public async Task<ILedgerSource> RecogniseOneAsync(string input, Func<Uri, PlatformResources> connect, CancellationToken cancellationToken) =>
        await RecogniseAsync(input, connect, cancellationToken) is [var one]
            ? one
            : throw new CommandException(ExitCodes.Usage, $"'{input}' holds several ledgers; name one of them.");

    public void Dispose() => _platforms.ForEach(static p => p.Dispose());

    private static async Task<IReadOnlyList<ILedgerSource>> AllAsync(PlatformResources platform, CancellationToken cancellationToken)
    {
        try
        {
            var sources = new List<ILedgerSource>();
            foreach (var listed in await platform.ListLedgersAsync(cancellationToken))
            {
                sources.Add(BriData.Ledger.LedgerId.TryParse(listed.Id, out var ledger)
                    ? new HttpLedgerSource(platform, ledger)
                    : throw new CommandException(ExitCodes.Failed, $"{platform.Address} lists '{listed.Id}', which is not a ledger."));
            }

            return sources.Count > 0 ? sources : throw new CommandException(ExitCodes.Usage, $"{platform.Address} shows you no ledger.");
        }
        catch (LedgerSourceException e)
        {
            throw new CommandException(ExitCodes.Failed, e.Message);
        }
    }

    private static List<ILedgerSource> Folders(string root)
    {
        var described = MirroredFolders.In(root);
        if (described.Count == 0)
        {
            throw new CommandException(ExitCodes.Usage, $"{root} holds no mirror of a ledger: there is no {LedgerPaths.Description} in it.");
        }

        // Beside one ledger alone may lie whatever its owner likes; among ledgers every folder is to be one.
        var folders = described.Count == 1 && MirroredFolders.IsLedger(root) ? described : described.Concat(MirroredFolders.Undescribed(root, described));
        return [.. folders.Order(StringComparer.Ordinal).Select(folder => new FolderLedgerSource(folder))];
    }
}
