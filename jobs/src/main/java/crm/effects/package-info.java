/** What follows a published run: reports, and copies for those who cannot read Delta tables. */
package crm.effects;
