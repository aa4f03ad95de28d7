using BriData.Ledger.Audit;

namespace BriData.Benchmarks.Audit;

/// <summary>A question an auditor asks, put again and again in other words.</summary>
/// <param name="Name">What is asked.</param>
/// <param name="Ask">One way to put it.</param>
internal sealed record AuditInquiry(string Name, Func<Random, AuditQuery> Ask);
