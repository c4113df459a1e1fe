/** Generated input of any size, from a seed, and the workloads on it. */
package crm.bench.generated;
