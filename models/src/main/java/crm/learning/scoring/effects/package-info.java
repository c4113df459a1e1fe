/** Models of log-odds that say what each feature adds to them. */
package crm.learning.scoring.effects;
