using BriData.EndToEnd.Tests.Support;

namespace BriData.EndToEnd.Tests.Visibility;

/// <summary>Somebody who may or may not see things. In the exchange, CN exports and KZ imports.</summary>
/// <param name="Name">Column of the table.</param>
/// <param name="Officer">The caller.</param>
internal sealed record Persona(string Name, Officer Officer)
{
    /// <summary>The columns of the table, in order.</summary>
    public static readonly string[] Names = ["exporter", "importer", "approver", "auditor", "admin", "regulator", "third", "suspended"];

    /// <summary>One of each; the third country has every role, the suspended agency is the importer's country's.</summary>
    public static async Task<Persona[]> AllAsync(Office office, Exchange exchange, string suspended) =>
    [
        new(Names[0], await office.AgencyAsync(exchange.Exporter)),
        new(Names[1], await office.AgencyAsync(exchange.Importer)),
        new(Names[2], await office.ApproverAsync("KZ")),
        new(Names[3], await office.AuditorAsync("KZ")),
        new(Names[4], await office.AdminAsync("KZ")),
        new(Names[5], await office.AsAsync("KZ", "regulator")),
        new(Names[6], await office.AsAsync("SG/customs", "agency,approver,auditor,admin,regulator")),
        new(Names[7], await office.AsAsync(suspended, "agency,auditor,admin")),
    ];
}
